"""Fills in the admin's forms as a browser would: what the page holds, and what is typed."""

import io
import json

from django.forms import FileInput, ModelMultipleChoiceField, MultiWidget


def filled(response, **typed):
    """Return the POST of the form on a page, with `typed` values in the fields of these names."""
    context = response.context
    data = {}
    collect(context["adminform"].form, data)
    for inline in context["inline_admin_formsets"]:
        collect(inline.formset.management_form, data)
        for form in inline.formset.forms:
            collect(form, data)
    return {**data, **typed}


def collect(form, data):
    for field in form:
        if isinstance(field.field.widget, MultiWidget):
            parts = field.field.widget.decompress(field.value())
            data.update({f"{field.html_name}_{i}": part for i, part in enumerate(parts)})
        elif not isinstance(field.field.widget, FileInput):
            empty = [] if isinstance(field.field, ModelMultipleChoiceField) else None
            put(data, field.html_name, empty if field.value() is None else field.value())


def put(data, name, value):
    if value is True:
        data[name] = "on"
    elif isinstance(value, list | tuple):
        data[name] = [str(getattr(each, "pk", each)) for each in value]
    elif value is not None and value is not False:
        data[name] = str(value)
    elif value is None:
        data[name] = ""


def errors(response):
    """Return every error on the page, by field or row."""
    context = response.context
    found = {name: list(each) for name, each in context["adminform"].form.errors.items()}
    for inline in context["inline_admin_formsets"]:
        if inline.formset.non_form_errors():
            found[inline.formset.prefix] = list(inline.formset.non_form_errors())
        for form in inline.formset.forms:
            found.update({f"{form.prefix}-{name}": list(e) for name, e in form.errors.items()})
    return found


def upload(client, table, rows, resource="0", app="talks"):
    """Post rows as a JSON file to a table's import."""
    file = io.BytesIO(json.dumps(rows).encode())
    file.name = "rows.json"
    data = {"import_file": file, "format": "2", "resource": resource}
    return client.post(f"/admin/{app}/{table}/import/", data)
