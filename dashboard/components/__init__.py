"""The parts that pages are made of: cards, tables, filters, the frame. They know no figure by name."""

from dashboard.components.card import figure_card, money_card
from dashboard.components.parts import empty, page_title, plain_table, section

__all__ = ["empty", "figure_card", "money_card", "page_title", "plain_table", "section"]
