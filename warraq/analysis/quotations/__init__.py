"""Quotations: what somebody is said to have said, who said it, and with which verb.

`marks` pairs quotation marks, `verbs` knows the forms of verbs of saying, `leads` finds what a verb
leads, `backward` what stands before its verb, `speakers` who spoke (`subjects`, `phrases`,
`names`), `headline` reads titles, and `finding` is the step.
"""

from warraq.analysis.quotations.finding import find_quotations, quotations

__all__ = ["find_quotations", "quotations"]
