"""The form that takes a file or a text of papers, reads it, and says what it cannot read."""

from hashlib import sha256
from pathlib import PurePath

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from eventsite.slugs import slug
from papers.entries import Refused
from papers.imports.checks import check
from papers.models import ReadingList
from papers.reading import FORMATS, check_size, read


def formats():
    return [("", _("as it looks")), *((name, each.label) for name, each in FORMATS.items())]


class ColumnsField(forms.CharField):
    """How columns are read, `title = Paper Title` on each line; gives ours by theirs."""

    def __init__(self):
        super().__init__(
            required=False,
            label=gettext_lazy("Columns, of a table"),
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text=gettext_lazy(
                "Only where they are not known by their names; a line each: “title = Paper Title”."
            ),
        )

    def to_python(self, value):
        found = {}
        for line in super().to_python(value).splitlines():
            ours, equals, theirs = (part.strip() for part in line.partition("="))
            if not line.strip():
                continue
            if not (ours and equals and theirs):
                raise forms.ValidationError(_("“%s” is not like “title = Paper Title”.") % line)
            found[theirs] = ours
        return found


class ImportForm(forms.Form):
    """What is read, and where it goes; `document` is there once it is valid."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        required=False,
        help_text=gettext_lazy(
            "Markdown, BibTeX, RIS, CSL-JSON, ACL Anthology XML, OpenReview JSON, CSV, TSV or XLSX."
        ),
    )
    text = forms.CharField(
        label=gettext_lazy("or text"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false"}),
    )
    list = forms.ModelChoiceField(
        ReadingList.objects.all(),
        label=gettext_lazy("Into the list"),
        required=False,
        empty_label=gettext_lazy("a new list"),
    )
    title = forms.CharField(
        label=gettext_lazy("Title of the new list"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("Left empty, it is the title in the file, or the file's name."),
    )
    is_public = forms.BooleanField(
        label=gettext_lazy("The new list and its papers are public at once"), required=False
    )
    source = forms.CharField(
        label=gettext_lazy("Source"),
        required=False,
        max_length=200,
        help_text=gettext_lazy(
            "Only where several files feed one list: a name for this one, the same each time."
            " What a file no longer has is marked as gone among what the same source brought."
        ),
    )
    as_format = forms.ChoiceField(label=gettext_lazy("Format"), required=False, choices=formats)
    columns = ColumnsField()

    document = None

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file:
            refused_as_error(check_size, file.size)
        return file

    def clean(self):
        super().clean()
        if self.errors:
            return self.cleaned_data
        file, text = self.cleaned_data["file"], self.cleaned_data["text"]
        if bool(file) == bool(text.strip()):
            raise forms.ValidationError(_("Give either a file or a text."))
        self.content = file.read() if file else with_plain_ends(text).encode()
        if self.cleaned_data["columns"] and not self.content.lstrip().startswith((b"[", b"{")):
            self.cleaned_data["as_format"] = self.cleaned_data["as_format"] or "table"
        self.document = refused_as_error(
            read,
            self.content,
            file_name=self.file_name,
            format=self.cleaned_data["as_format"],
            mapping=self.cleaned_data["columns"] or None,
        )
        if not self.cleaned_data["list"]:
            self.name_new_list()
        if not self.errors:
            refused_as_error(check, self.document)
        return self.cleaned_data

    @property
    def file_name(self):
        file = self.cleaned_data["file"]
        return file.name[:200] if file else ""

    def name_new_list(self):
        named = self.document.title or PurePath(self.file_name).stem
        title = (self.cleaned_data["title"] or named)[:300]
        self.cleaned_data["title"], self.cleaned_data["slug"] = title, slug(title)
        if not self.cleaned_data["slug"]:
            self.add_error("title", _("Give the new list a title."))
        elif ReadingList.objects.filter(slug=self.cleaned_data["slug"]).exists():
            self.add_error("title", _("There is a list of this name: choose it, or another title."))

    @property
    def digest(self):
        return sha256(self.content).hexdigest()


def with_plain_ends(text):
    """Return a text with the line ends it was written with: browsers send others."""
    return text.replace("\r\n", "\n")


def refused_as_error(function, *args, **options):
    """Call a reader; what it refuses is an error of the form, in its words."""
    try:
        return function(*args, **options)
    except Refused as refusal:
        raise forms.ValidationError(str(refusal)) from None


class ApplyForm(forms.Form):
    """What is done with a preview, and which one was seen."""

    action = forms.ChoiceField(choices=[(each, each) for each in ("apply", "drop", "columns")])
    digest = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)
    default = forms.ChoiceField(
        choices=[
            ("here", gettext_lazy("what stands here stays")),
            ("file", gettext_lazy("what the file says is taken")),
        ],
        required=False,
    )

    def clean_default(self):
        return self.cleaned_data["default"] or "here"
