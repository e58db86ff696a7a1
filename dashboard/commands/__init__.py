"""The commands of the program, a module per subject. Each `register` adds its commands to the parser."""

from dashboard.commands import agenda, deliveries, figures, insight, management, record, report, serve, snapshots

REGISTER = (
    serve.register, report.register, deliveries.register, figures.register, insight.register, record.register,
    agenda.register, snapshots.register, management.register,
)  # fmt: skip
