import pytest

from cosmodrome.errors import ExchangeFileError


@pytest.fixture
def refused(tmp_path):
    """What a reader says about a text: the line it names and the sentence."""

    def read(reader, text, name="given.txt"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        with pytest.raises(ExchangeFileError) as caught:
            reader(path)
        problem = caught.value
        assert problem.path == str(path)
        place = f"{path}:{problem.line}: " if problem.line else f"{path}: "
        assert str(problem) == place + problem.sentence
        return problem.line, problem.sentence

    return read
