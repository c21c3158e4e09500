"""Ways from the list of a table, and from a row's form, to the pages of ours that concern it."""


class HasTools:
    """Shows `tools(request, obj)`, pairs of address and words, beside Django's own buttons."""

    import_export_change_list_template = "admin/papers/list_with_tools.html"
    change_form_template = "admin/papers/form_with_tools.html"

    def tools(self, request, obj=None):
        """Return what is offered for a row; without one, for the table."""
        return []

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(
            request, {**(extra_context or {}), "tools": self.tools(request)}
        )

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context["tools"] = self.tools(request, obj) if obj else []
        return super().render_change_form(request, context, add, change, form_url, obj)

    def context(self, request, title, **values):
        """Return what every page of ours needs inside the admin."""
        return {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.opts,
            **values,
        }
