"""The commands of the program, a module per subject. Each `register` adds its commands to the parser."""

from dashboard.commands import deliveries, figures, insight, management, serve, snapshots

REGISTER = (
    serve.register, deliveries.register, figures.register, insight.register, snapshots.register, management.register,
)  # fmt: skip
