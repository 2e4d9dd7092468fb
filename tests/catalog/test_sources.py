"""Source keys of the catalog are spelled out."""

import json
import re

import pytest

from cosmodrome import catalog
from cosmodrome.catalog import explain_source


def vehicle_sources() -> list[str]:
    """Every source string of the vehicles."""
    found: list[str] = []
    for name in catalog.vehicle_names():
        found += re.findall(
            r'"source": "([^"]*)"', json.dumps(catalog.find_vehicle(name).model_dump(mode="json"))
        )
    return found


def test_keys_are_found_in_order_and_once() -> None:
    references = explain_source("RLD/SLR; RLD/DW", "ORB; RLD/DW")
    assert [reference.key for reference in references] == ["RLD/SLR", "RLD/DW", "ORB"]
    assert references[0].text == "RLD file, value it attributes to spacelaunchreport.com"


def test_a_key_with_an_unknown_part_falls_back_to_its_first_half() -> None:
    assert [reference.key for reference in explain_source("RLD/XYZ")] == ["RLD"]


def test_addresses_and_documents_speak_for_themselves() -> None:
    assert explain_source("unverified: Khrunichev [low]", "https://example.org/page") == ()


@pytest.mark.parametrize("source", sorted(set(vehicle_sources())))
def test_every_source_is_a_key_an_address_or_a_document(source: str) -> None:
    speaks = re.search(
        r"unverified: |://|[a-z]{2,}\.[a-z]{2,}|/|[Pp]ublic file|Orbitlab|calc|Telemetry-Data", source
    )
    assert speaks or explain_source(source), source
