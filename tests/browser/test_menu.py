"""The menu says which page one is on: to the eye, to a screen reader, and within a narrow screen."""

import pytest

pytestmark = pytest.mark.xdist_group("browser")
CURRENT = """() => [...document.querySelectorAll('.menu [aria-current="page"]')].map((one) => {
  const box = one.getBoundingClientRect();
  return [one.textContent, box.left >= 0 && box.right <= innerWidth];
})"""


def test_the_page_one_is_on_is_marked_and_in_sight(site, open_page):
    page = open_page(site + "/definities", width=390)
    page.wait_for_selector('.menu [aria-current="page"]')
    assert page.evaluate(CURRENT) == [["Definities", True]]
    page.locator(".menu-link", has_text="Instroom").click()
    page.wait_for_function("() => document.querySelector('.menu [aria-current]')?.textContent === 'Instroom'")
    assert page.evaluate(CURRENT) == [["Instroom", True]]
    page.go_back()
    page.wait_for_function("() => document.querySelector('.menu [aria-current]')?.textContent === 'Definities'")
    assert page.evaluate(CURRENT) == [["Definities", True]]
