"""The form of the record's database through time, applied by alembic when the record is opened."""
