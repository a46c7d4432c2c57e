"""fazhi (法治报告检查): match annual rule-of-law-government reports against a checklist.

The verbs of the flow, in its order::

    checklist = load_checklist(checklist_source(None))  # LOAD  the law, from YAML
    document = read_document(path)  # READ  a file into blocks
    assessment = audit_document(document, checklist, path=str(path))  # PARSE, CHECK and ASSESS
    data = render_gap_report(assessment, template=template, date=date)  # RENDER the gap report

`checker.audit` holds the flow itself, for one report and for many.
"""

__version__ = "0.1.0"
