import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from cosmodrome.ascent.calibration import VehicleReserve
from cosmodrome.ascent.spread import PayloadSpread, SpreadPart
from cosmodrome.outputs.plots import mission_plots
from cosmodrome.outputs.report import report_html
from cosmodrome.verdict.check import VerdictStatus

VOID = {"meta", "br", "link", "img", "hr", "input", "path", "use", "rect", "circle"}


class _Balance(HTMLParser):
    """Collects anchors and addresses, and complains about tags that do not close."""

    def __init__(self):
        super().__init__()
        self.open, self.ids, self.targets, self.outside = [], set(), set(), []

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        self.ids.add(values.get("id"))
        for name in ("href", "src", "xlink:href"):
            if values.get(name, "").startswith("#"):
                self.targets.add(values[name][1:])
            elif values.get(name):
                self.outside.append(values[name])
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        if tag not in VOID:
            assert self.open.pop() == tag


def _read(page):
    balance = _Balance()
    balance.feed(page)
    balance.close()
    return balance


@pytest.fixture(scope="session")
def page(result):
    return report_html(result, mission_plots(result))


def test_the_page_is_balanced_and_its_anchors_exist(page):
    balance = _read(page)
    assert balance.open == []
    assert balance.targets <= balance.ids


def test_the_page_asks_for_nothing_from_outside(page):
    assert _read(page).outside == []
    assert "<script" not in page
    assert "@import" not in page
    assert not re.search(r"url\((?!#)", page)


def test_it_has_a_style_for_print_and_for_the_dark(page):
    assert "@media print" in page
    assert "prefers-color-scheme: dark" in page


def test_text_from_the_mission_file_is_escaped(page):
    assert "Earth Observer &lt;test&gt;" in page
    assert "Observer <test>" not in page


def test_every_stage_has_its_section_with_model_and_validity(page):
    for anchor in (
        "vehicle",
        "ascent",
        "windows",
        "orbit",
        "passes",
        "mass",
        "power",
        "link",
        "data",
        "disposal",
    ):
        assert f'<section id="{anchor}">' in page
    assert page.count("Model and validity.") == 10
    assert page.index('id="verdict"') < page.index('id="inputs"') < page.index('id="provenance"')


def test_inputs_mark_estimates_defaults_and_sources(page):
    assert page.count('<span class="tag estimated">estimated</span>') == 1 + 3  # the legend and three numbers
    assert '<span class="tag">default</span>' in page
    assert "also: 10\N{NARROW NO-BREAK SPACE}200 (ORB)" in page
    assert "Khrunichev" in page


def test_a_failing_check_shows_what_would_close_it(page, result):
    for check in result.verdict.failing:
        said = "To close" if check.closings else "No single number that was tried closes it"
        assert f"{said}: {check.remedy}." in page


def test_a_lift_omits_what_needs_a_satellite(lift_result):
    page = report_html(lift_result, mission_plots(lift_result))
    assert _read(page).open == []
    for anchor in ("orbit", "passes", "mass", "power", "link", "data", "disposal"):
        assert f'<section id="{anchor}">' not in page
    assert "no orbit was propagated" in page


def test_no_verdict_is_said_plainly(lift_result):
    from cosmodrome.ascent.result import AscentStatus

    ascent = replace(lift_result.ascent, status=AscentStatus.NOT_CONVERGED)
    capability = replace(lift_result.capability, status=AscentStatus.NOT_CONVERGED, ascent=ascent)
    verdict = replace(lift_result.verdict, status=VerdictStatus.NO_VERDICT, checks=())
    odd = replace(lift_result, capability=capability, verdict=verdict, windows=())
    page = report_html(odd, mission_plots(odd))
    assert "NO VERDICT" in page
    assert AscentStatus.NOT_CONVERGED.value in page


def test_the_payload_is_told_in_its_layers(lift_result):
    reserve = VehicleReserve(500.0, 120.0, 100.0, 900.0, (), (), "3 published payloads of angara-1.2")
    spread = PayloadSpread(161.4, (SpreadPart("URM-2: dry mass", 0.1, -120.0),))
    capability = replace(
        lift_result.capability,
        payload_kg=1600.0,
        low_kg=1300.0,
        high_kg=1950.0,
        reserve=reserve,
        spread=spread,
    )
    told = replace(lift_result, capability=capability)
    page = report_html(told, mission_plots(told)).replace("\N{NARROW NO-BREAK SPACE}", "")
    assert "The payload is 1600 kg, with 90 % between 1300 and 1950 kg" in page
    assert "without the reserve of 500 m/s that 3 published payloads of angara-1.2 tell of" in page
