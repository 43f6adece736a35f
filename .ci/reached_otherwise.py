"""What `make check` takes for used though no line of Python names it. Each was looked at; what is gone goes from here too.

vulture                                   # prints what nobody uses
"""

# asked by templates
_.at_rows
_.brings_evidence
_.by_day
_.chip
_.due_day
_.genuine
_.looks
_.major
_.older
_.read_as
_.seats_said
_.sends
_.share
_.stages
_.state_in_words

# read by the form that documents are set by (prints/document.typ)
_.caption
_.landscape
_.letter
_.under_title

# called by the settings, where names are Django's
_.mail_of
_.providers_of
_.web_address

# the name of a tag, which Jinja asks of its class
_.tags

# found in their folder by their sign, not by their name
_.Every
_.Within

# tables that triggers, the sealer and the verifier reach by SQL
_.PersonalValue
_.Leaf

# the face of the rule book for a program that judges a history of its own; the machine holds `decide` against it
_.replay

# a name that Django's translations are given
_.ngettext

# one of the four ends that a command can have, told in one line
_.FOUND


# asked by the settings
_.secret_text
_.close_to_others
_.logging_of
_.networks
_.THIS_MACHINE

# named in the settings of Django
_.Uploads

# a limit of Pillow, set in its module
_.MAX_IMAGE_PIXELS

# looked at by Waitress, in its own classes
_.parser_class
_.max_request_body_size
_.channel_class
_.will_close

# asked by Django's own session store, of which ours is one
_._get_session_from_db
_._session_key

# a column of the catalogue of clauses: whether a clause binds
_.modality

# how a person is known outside a request: the next rooms (API, portal, letters) begin here, tests do today
_.reader_of

# a column of rows that stand in every database; dropping it is a migration of its own
_.due_date
expire_date  # of a session, which Django's store reads

# the time of a file in an archive
_.mtime

# read by templates of the list and of customers
_.chosen_title
_.related
_.voided
_.agrees
_.tails
_.shared_by
_.received_day

# read by the template of what somebody consents to
_.matter
_.deputy_name
_.passing_on

# columns that a condition names
_.of_unit
_.shared

# what a sheet is told of itself
_.freeze_panes
_.ref
_.number_format
_.data_type
_.font

# what a template shows of a session
_.device
