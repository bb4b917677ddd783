"""Draw the page of all claims that the answers make, each with its recorded result."""

from ui.claims.claims_page import claims_page
from ui.shared.question_bank import the_bank

claims_page(the_bank())
