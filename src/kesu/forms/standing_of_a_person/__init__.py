"""How a case stands to a person, in words: what he may begin and do next, who else can, and why not.

Who may is no question of this wing: `Takers` in `casework/waiting` answers it for persons as values, and
`caseload/sight` says which persons are there. An API that wants no sentences asks there. What is left here turns the
answers into text in both languages, with the names of persons, posts and units; it stands above the registers for the
names, and below the forms and pages because both show it.
"""
