"""The rows of a list that pair the row they stand with and another of its table."""

from django.core.exceptions import ValidationError

from .access import EventChildForm


class PairForm(EventChildForm):
    """Tells too of the rules about both rows of a pair, which forms in a list leave out."""

    def _post_clean(self):
        super()._post_clean()
        if self.errors:
            return
        try:
            self.instance.validate_constraints()
        except ValidationError as refusal:
            self._update_errors(refusal)
