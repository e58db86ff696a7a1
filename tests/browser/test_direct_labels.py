"""Names in charts as a browser draws them: none over another, none outside, letters that can be read, no legend."""

import itertools

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
BOXES = """[...document.querySelectorAll('.js-plotly-plot .annotation-text-g text')].map(one => {
  const box = one.getBoundingClientRect();
  return {text: one.textContent, left: box.left, right: box.right, top: box.top, bottom: box.bottom,
    chart: [...document.querySelectorAll('.js-plotly-plot')].indexOf(one.closest('.js-plotly-plot'))};
})"""
READ = """[...document.querySelectorAll('.js-plotly-plot .annotation-text-g text')].map(one => {
  const light = (text) => { const [r, g, b] = text.match(/[\\d.]+/g).slice(0, 3).map(Number).map(v => v / 255)
    .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  let under = one.closest('.js-plotly-plot');
  while (getComputedStyle(under).backgroundColor.replace(/ /g, '') === 'rgba(0,0,0,0)') under = under.parentElement;
  const [a, b] = [getComputedStyle(one).fill, getComputedStyle(under).backgroundColor].map(light).sort((x, y) => y - x);
  return (a + 0.05) / (b + 0.05);
})"""


@pytest.mark.parametrize(
    "address", ["/cijfer/leerroute_afgerond_binnen", "/cijfer/pip_op_tijd?per=leerroute,doelgroep"]
)
def test_names_stand_apart_and_can_be_read(site, open_page, address):
    page = open_page(site + address, width=390)
    page.locator(".js-plotly-plot .annotation-text-g text").first.wait_for()
    for width in (390, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_timeout(400)
        boxes = page.evaluate(BOXES)
        assert boxes
        for one, other in itertools.combinations(boxes, 2):
            apart = (
                one["chart"] != other["chart"] or one["right"] <= other["left"] + 1 or other["right"] <= one["left"] + 1
                or one["bottom"] <= other["top"] + 3 or other["bottom"] <= one["top"] + 3
            )  # fmt: skip
            assert apart, f"{one['text']} over {other['text']} at {width}"
        assert [one["text"] for one in boxes if one["left"] < 0 or one["right"] > width] == []
    assert page.locator(".js-plotly-plot .legend").count() == 0
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert min(page.evaluate(READ)) >= 4.5
    page.emulate_media(media="print")
    assert min(page.evaluate(READ)) >= 4.5
