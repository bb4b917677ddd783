"""Draw the page that explains the field's terms in both languages."""

from ui.reading.glossary import glossary_page
from ui.shared.question_bank import the_bank

glossary_page(the_bank())
