"""The table of entries, and the triggers that let it only grow."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_SQLITE = (
    "CREATE TRIGGER regels_geen_update BEFORE UPDATE ON regels "
    "BEGIN SELECT RAISE(ABORT, 'het logboek groeit alleen: een correctie is een nieuwe regel'); END",
    "CREATE TRIGGER regels_geen_delete BEFORE DELETE ON regels "
    "BEGIN SELECT RAISE(ABORT, 'het logboek groeit alleen: niets wordt verwijderd'); END",
    # REPLACE would remove a row without the trigger above, so no row may come in the place of another
    "CREATE TRIGGER regels_volgt BEFORE INSERT ON regels "
    "WHEN NEW.vorige <> coalesce((SELECT hash FROM regels ORDER BY nummer DESC LIMIT 1), '') "
    "OR EXISTS (SELECT 1 FROM regels WHERE nummer = NEW.nummer) "
    "BEGIN SELECT RAISE(ABORT, 'deze regel volgt niet op de laatste'); END",
)
_POSTGRESQL = (
    "CREATE FUNCTION regels_groeit_alleen() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    "RAISE EXCEPTION 'het logboek groeit alleen: een correctie is een nieuwe regel'; END $$",
    "CREATE TRIGGER regels_geen_wijziging BEFORE UPDATE OR DELETE ON regels "
    "FOR EACH ROW EXECUTE FUNCTION regels_groeit_alleen()",
    "CREATE TRIGGER regels_geen_truncate BEFORE TRUNCATE ON regels "
    "FOR EACH STATEMENT EXECUTE FUNCTION regels_groeit_alleen()",
    "CREATE FUNCTION regels_volgt() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    "IF NEW.vorige <> coalesce((SELECT hash FROM regels ORDER BY nummer DESC LIMIT 1), '') THEN "
    "RAISE EXCEPTION 'deze regel volgt niet op de laatste'; END IF; RETURN NEW; END $$",
    "CREATE TRIGGER regels_volgt BEFORE INSERT ON regels FOR EACH ROW EXECUTE FUNCTION regels_volgt()",
)


def upgrade() -> None:
    """Make the table, and the triggers of this database."""
    op.create_table(
        "regels",
        sa.Column("nummer", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("moment", sa.String, nullable=False),
        sa.Column("wie", sa.String, nullable=False),
        sa.Column("soort", sa.String, nullable=False),
        sa.Column("contract", sa.String, nullable=False, index=True),
        sa.Column("kwartaal", sa.String),
        sa.Column("verwijst", sa.Integer, sa.ForeignKey("regels.nummer")),
        sa.Column("correctie", sa.Boolean, nullable=False),
        sa.Column("inhoud", sa.Text, nullable=False),
        sa.Column("vorige", sa.String, nullable=False, unique=True),
        sa.Column("hash", sa.String, nullable=False, unique=True),
    )
    for statement in _SQLITE if op.get_bind().dialect.name == "sqlite" else _POSTGRESQL:
        op.execute(statement)


def downgrade() -> None:
    """There is no way back: the record only grows."""
    raise NotImplementedError("the record only grows")
