"""The pages for staff: thin views over forms and caseload, plain HTML that needs no script."""
