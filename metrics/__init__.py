"""The warehouse becomes figures. Every figure is defined once, in `definitions/`, and computed by `compute` only.

In:   a momentopname of etl.
Out:  answers: rows of counts with their statistic and its uncertainty; and, for what is published, the same rows after
      the publication guard.
Never here: a norm of a contract, a delivery's form, a number formatted for a person.

Only the names exported here are meant for the neighbours.
"""
