"""Every error of this package.

    AssistantError
    ├── DocumentError               a source document
    │   └── UnreadableDocument
    ├── CorpusNotFound              the folder of documents
    ├── IndexDirectoryError         the folder of the index
    │   ├── IndexNotFound
    │   ├── IndexOutOfDate
    │   ├── IndexCorrupt
    │   └── IndexBusy
    ├── EngineUnavailable           an engine that serves an index
    ├── EncoderUnavailable          a model
    ├── GenerationError             a language model that did not answer
    ├── QuestionError               what was asked
    ├── ScopeError                  which documents or rows were asked for
    ├── JudgementError              a file of evaluation questions
    ├── SettingsError               a BUREAU_* variable
    ├── UserError                   the list of users
    ├── FeedbackError               what users said of answers
    └── LoginRefused                a wrong password

Each message says what is wrong and what to do about it, in one line.
"""

from __future__ import annotations

REBUILD = "run: bureau index"
"""What mends an index."""


class AssistantError(Exception):
    """Base of all errors that this package raises on purpose."""


class DocumentError(AssistantError):
    """A source document cannot be used."""


class UnreadableDocument(DocumentError):  # noqa: N818 - the name is public
    """A file that is no text in a known encoding."""


class UnknownFormat(UnreadableDocument):
    """A file is of a kind that no reader is there for."""


class CorpusNotFound(AssistantError):  # noqa: N818
    """The folder of documents is missing or holds nothing readable."""


class IndexDirectoryError(AssistantError):
    """The folder of the index cannot be used."""


class IndexNotFound(IndexDirectoryError):  # noqa: N818
    """There is no index in the folder."""


class IndexOutOfDate(IndexDirectoryError):  # noqa: N818
    """The index was written by another format or another encoder."""


class IndexCorrupt(IndexDirectoryError):  # noqa: N818
    """A file of the index is missing, cut short or changed."""


class IndexBusy(IndexDirectoryError):  # noqa: N818
    """Another process is writing the index."""


class EngineUnavailable(AssistantError):  # noqa: N818
    """An engine that serves an index cannot be reached or did not do what it was asked."""


class EncoderUnavailable(AssistantError):  # noqa: N818
    """A model cannot be loaded."""


class GenerationError(AssistantError):
    """A language model that gave no answer, or one that its quotes do not bear out; the quotes are shown instead."""


class QuestionError(AssistantError):
    """A question that is empty or too long."""


class ScopeError(AssistantError):
    """A year, place, kind, status, number of hits or the like that cannot be; the message names the choices."""


class JudgementError(AssistantError):
    """A file of evaluation questions that does not follow the format."""


class SettingsError(AssistantError):
    """A setting that is unknown or has a value it cannot have."""


class UserError(AssistantError):
    """A user, a role or a password that cannot be, or a list of users that cannot be used."""


class FeedbackError(AssistantError):
    """What users said of answers cannot be kept or read."""


class BackupError(AssistantError):
    """An archive that cannot be written, or cannot be brought back."""


class BundleError(AssistantError):
    """A bundle for an installation without network that cannot be made."""


class LoginRefused(AssistantError):  # noqa: N818
    """A wrong password, or one too many; ``seconds`` to wait before the next try."""

    def __init__(self, message: str, seconds: int = 0) -> None:
        super().__init__(message)
        self.seconds = seconds
