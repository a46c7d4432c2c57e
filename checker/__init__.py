"""fazhi (法治报告检查): match annual rule-of-law-government reports against a checklist.

Four verbs make the public API, in the order of the flow::

    checklist = load_checklist(path)            # LOAD   the law, from YAML
    report = parse_report(read_blocks(path))    # READ and PARSE a file
    assessment = assess_report(report, checklist)
    render_docx(assessment, out)                # RENDER the gap report

`checker.audit` holds the flow itself, for one report and for many.
"""

__version__ = "0.1.0"
