"""What to bring, as a citizen reads it."""

from dataclasses import replace

from mppdesk.domain.catalog import Handling, Requirement, Validity
from mppdesk.ui.kiosk.requirement_words import papers
from tests.ui.kiosk.hall import hall


def test_every_paper_of_the_sample_office_says_how_many() -> None:
    services = [offered.service for agency in hall().agencies for offered in agency.services]
    brought = [paper for service in services for paper in papers(service)]

    assert len(brought) > 700
    assert all(paper.name for paper in brought)


def test_number_condition_and_age_are_short_sentences() -> None:
    service = hall().agencies[0].services[0].service
    rows = (
        Requirement(
            "X-R01", "Surat sehat", 1, Handling.KEPT, 2, True, "jika diwakilkan", Validity("umur_maks", months=3)
        ),
        Requirement("X-R02", "KK", 0, Handling.COPIES_ONLY, 1, True, None, Validity("kk_16")),
        Requirement("X-R03", "Nomor ponsel", 0, Handling.RECORDED, 0, True),
    )

    told = papers(replace(service, requirements=rows))

    assert [paper.name for paper in told] == ["Surat sehat", "KK"]
    assert [str(each) for each in told[0].details] == [
        "1 asli, 2 fotokopi.", "Hanya jika diwakilkan.", "Umur paling lama 3 bulan.",
    ]  # fmt: skip
    assert [str(each) for each in told[1].details] == ["1 lembar fotokopi."]
