"""Every claim of the answers with its receipt."""

from ui.claims.claims_page import claims_page
from ui.shared.question_bank import the_bank

claims_page(the_bank())
