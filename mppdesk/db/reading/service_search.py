"""Finding a service by what a clerk or citizen types: code, names, agency, search words."""

from collections.abc import Iterable

from mppdesk.domain.catalog import Agency, Catalog, ServiceVersion


def search_services(catalog: Catalog, typed: str) -> tuple[tuple[Agency, ServiceVersion], ...]:
    """Find every service in which each typed word begins some word; the best match first."""
    words = typed.casefold().split()
    if not words:
        return ()
    scored = []
    for code in sorted(catalog.services):
        version = catalog.services[code]
        agency = catalog.agencies.get(version.service.agency)
        if agency is None:
            continue
        score = _score(words, agency, version)
        if score is not None:
            scored.append((score, code, agency, version))
    scored.sort(key=lambda each: each[:2])
    return tuple((agency, version) for _, _, agency, version in scored)


def _score(words: list[str], agency: Agency, version: ServiceVersion) -> int | None:
    """0 is best: words of the agency's short name count before names of the service, and those before the rest."""
    service = version.service
    groups = (
        _words(agency.short_name, service.code),
        _words(service.list_name, service.everyday_name, *service.search_words),
        _words(service.name, agency.name, agency.everyday_words),
    )
    total = 0
    for word in words:
        rank = next((i for i, group in enumerate(groups) if any(each.startswith(word) for each in group)), None)
        if rank is None:
            return None
        total += rank
    return total


def _words(*texts: str | None) -> Iterable[str]:
    return [word.strip("().,") for text in texts if text for word in (*text.casefold().split(), text.casefold())]
