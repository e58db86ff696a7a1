"""What people see: the web app, the reports, the files to take along, the command line.

In:   answers of metrics, verdicts of contracts, load reports of etl.
Out:  pages, PDF, XLSX, lines on a terminal. Only here is a number formatted for a person.
Never here: a definition of a figure, a judgement, SQL about people. Nobody imports this package.
"""
