"""Import and export in the admin: who may, what is shown first, and where a file waits.

A file waits for its confirmation under a random name (`eventsite.waiting`) that the page carries
signed for one user and one table, for an hour.
"""

from django import forms
from django.contrib import messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core import signing
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from import_export.admin import ImportExportMixin
from import_export.forms import ConfirmImportForm, ExportForm, ImportForm

from .cells import FORMATS, MOST_BYTES, Unreadable
from .preview import Result
from .waiting import Folder

SALT = "eventsite.uploads"
HOUR = 3600  # seconds


class UploadForm(ImportForm):
    def clean_import_file(self) -> object:
        file = self.cleaned_data["import_file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(
                _("The file is larger than %d MB.") % (MOST_BYTES // 1024 // 1024)
            )
        return file


class ConfirmForm(ConfirmImportForm):
    """Names the file that was previewed, signed for its user and table."""

    def __init__(self, *args: object, owner: str, resources: int, **options: object):
        super().__init__(*args, **options)
        self.owner, self.resources = owner, resources

    def clean_import_file_name(self) -> str:
        try:
            return signing.loads(
                self.cleaned_data["import_file_name"], salt=SALT + self.owner, max_age=HOUR
            )
        except signing.BadSignature:
            raise forms.ValidationError(_("Upload the file again.")) from None

    def clean_format(self) -> str:
        return number_below(len(FORMATS), self.cleaned_data["format"])

    def clean_resource(self) -> str:
        return number_below(self.resources, self.cleaned_data["resource"] or "0")


def number_below(end: int, text: str) -> str:
    if text not in map(str, range(end)):
        raise forms.ValidationError(_("Upload the file again."))
    return text


class SheetAdmin(ImportExportMixin):
    """Gives a table its import and export; `resource_classes` are its sheet and its children's."""

    formats = FORMATS
    import_form_class = UploadForm
    confirm_form_class = ConfirmForm
    export_form_class = ExportForm
    tmp_storage_class = Folder

    def has_import_permission(self, request: HttpRequest) -> bool:
        return self.has_change_permission(request)

    def has_export_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def rows_to_import(self, request: HttpRequest) -> QuerySet:
        """Return the rows that this user may change by a sheet."""
        return self.get_queryset(request)

    def visible_to(self, request: HttpRequest, model: type[Model]) -> QuerySet:
        """Return the rows of a table that this user's sheets may point at."""
        if self.admin_site.is_registered(model):
            return self.admin_site.get_model_admin(model).get_queryset(request)
        return model._default_manager.all()

    def get_import_resource_kwargs(
        self, request: HttpRequest, **_options: object
    ) -> dict[str, object]:
        return {
            "user": request.user,
            "rows": self.rows_to_import(request),
            "visible": lambda model: self.visible_to(request, model),
            "may_add": self.has_add_permission(request),
        }

    def get_export_resource_kwargs(
        self, request: HttpRequest, **_options: object
    ) -> dict[str, object]:
        return {}

    def get_import_data_kwargs(self, **_options: object) -> dict[str, object]:
        return {"rollback_on_validation_errors": True}

    def add_data_read_fail_error_to_form(self, form: forms.Form, e: Exception) -> None:
        reason = str(e) if isinstance(e, Unreadable) else _("The file cannot be read.")
        form.add_error("import_file", reason)

    def get_confirm_form_kwargs(
        self, request: HttpRequest, import_form: forms.Form | None = None
    ) -> dict[str, object]:
        return {
            **super().get_confirm_form_kwargs(request, import_form),
            "owner": self.owner_of(request),
            "resources": len(self.get_import_resource_classes(request)),
        }

    def get_confirm_form_initial(
        self, request: HttpRequest, import_form: forms.Form | None
    ) -> dict[str, object]:
        initial = super().get_confirm_form_initial(request, import_form)
        if name := initial.get("import_file_name"):
            salt = SALT + self.owner_of(request)
            initial["import_file_name"] = signing.dumps(name, salt=salt)
        return initial

    def owner_of(self, request: HttpRequest) -> str:
        return f"{request.user.pk}:{self.opts.label_lower}"

    def process_import(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        try:
            return super().process_import(request, **kwargs)
        except (OSError, Unreadable):
            messages.error(request, _("The uploaded file is gone. Upload it again."))
            return HttpResponseRedirect("../import/")

    def process_result(self, result: Result, request: HttpRequest) -> HttpResponse:
        """Say so when the tables have moved since the preview: then nothing was imported."""
        if not result.has_errors() and not result.has_validation_errors():
            return super().process_result(result, request)
        told = [str(error.error) for error in result.base_errors]
        told += [str(each.error) for _row, errors in result.row_errors() for each in errors]
        told += [" ".join(row.error.messages) for row in result.invalid_rows]
        messages.error(request, _("Nothing was imported. %s") % " ".join(told[:5]))
        return HttpResponseRedirect("../import/")

    def export_action(self, request: HttpRequest) -> HttpResponse:
        try:
            return super().export_action(request)
        except IncorrectLookupParameters:
            return HttpResponseRedirect(request.path)

    def get_valid_export_item_pks(self, request: HttpRequest) -> QuerySet:
        return self.get_queryset(request).values_list("pk", flat=True)
