"""Trees with a materialised path: places and units. One indexed `ltree` column answers «in my tree»."""

from typing import Any, ClassVar, Self

from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from .errors import RuleViolated
from .fields import LtreeField
from .rows import Recorded


class TreeNode(Recorded):
    """A node that knows its path.

    The label in the path is `code`, so a code is letters, digits and underscores.
    """

    code = models.CharField(_("代码"), max_length=32, unique=True)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("上级"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
    )
    path = LtreeField(_("路径"), unique=True)

    HISTORY_IS_SHOWN: ClassVar[bool] = False

    class Meta:
        abstract = True
        indexes = [GistIndex(fields=["path"], name="%(app_label)s_%(class)s_path")]

    @classmethod
    def whole(cls) -> dict[Any, Self]:
        """Every node by its key, each with those above it at hand. One query."""
        nodes: dict[Any, Any] = {node.pk: node for node in cls._base_manager.all()}
        for node in nodes.values():
            if node.parent_id is not None:
                node.parent = nodes[node.parent_id]
        return nodes

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keeps the path true, below this node as well.

        Errors: RuleViolated when a node would be its own ancestor.
        """
        old = self.path
        self.path = f"{self.parent.path}.{self.code}" if self.parent else self.code
        if old and old != self.path and f"{self.path}.".startswith(f"{old}."):
            raise RuleViolated(problems={"parent": [_("上级不能是自己的下级。")]})
        super().save(*args, **kwargs)
        if old and old != self.path:
            for child in type(self)._base_manager.filter(parent=self):
                child.parent = self
                child.save()
