"""Making, finding and ending tokens of the API; who may what with one is decided in `Actor.narrowed`."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from shanhai.kernel.errors import NotVisible, RuleViolated
from shanhai.kernel.surfaces.api.problems import BadToken
from shanhai.kernel.surfaces.display import moment

from .attempts import locked_for
from .models import ApiToken, SignInEvent, SignInRule, TokenUse, User
from .models.tokens import digest_of
from .record import remember

#: Tokens that are good at a time, of one person.
MOST = 20


def make(
    user: User, request: HttpRequest, *, name: str, ledgers: Sequence[str], acts: Sequence[str], days: int
) -> tuple[ApiToken, str]:
    """A token, good until the end of the day that is `days` from today, and its text, which is kept nowhere.

    Errors: RuleViolated beyond the longest life of the rule in force, and beyond `MOST`.
    """
    longest = SignInRule.now().token_days
    if not 0 < days <= longest:
        raise RuleViolated(_("有效期要在 1 到 %(days)s 天之间（见登录规定）。") % {"days": longest})
    User.objects.select_for_update().get(pk=user.pk)  # two made at once are counted one after the other
    if len(good_of(user)) >= MOST:
        raise RuleViolated(_("一个人最多 %(most)s 个有效的令牌。请先撤销不用的。") % {"most": MOST})
    text, kept = ApiToken.fresh()
    last = timezone.localdate() + timedelta(days=days)
    token = ApiToken.objects.create(
        user=user,
        name=name,
        ledgers=sorted(ledgers),
        acts=[act for act in ApiToken.Act.values if act in acts],
        expires_at=timezone.make_aware(datetime.combine(last, time.max)),
        **kept,
    )
    TokenUse.objects.create(token=token)
    remember(SignInEvent.Kind.TOKEN_MADE, request, user=user, note=_named(token))
    return token, text


def revoke(token: ApiToken, request: HttpRequest, *, reason: str = "") -> None:
    """Ends it at once, for good; one that has ended stays as it is."""
    if token.revoked_at is not None:
        return
    token.revoked_at = timezone.now()
    token.save(update_fields=["revoked_at"])
    note = "：".join(filter(None, (_named(token), reason)))
    remember(SignInEvent.Kind.TOKEN_ENDED, request, user=token.user, note=note)


def get_token(user: User, pk: UUID | None) -> ApiToken:
    """Errors: NotVisible."""
    found = user.tokens.filter(pk=pk).first() if pk else None
    if found is None:
        raise NotVisible
    return found


def _named(token: ApiToken) -> str:
    return f"{token.name}（…{token.ending}）"


def ends_at(token: ApiToken, rule: SignInRule) -> datetime:
    """A rule that became stricter ends older tokens with it."""
    return min(token.expires_at, token.made_at + timedelta(days=rule.token_days))


def is_good(token: ApiToken, rule: SignInRule) -> bool:
    return token.revoked_at is None and ends_at(token, rule) > timezone.now()


def good_of(user: User) -> list[ApiToken]:
    rule = SignInRule.now()
    return [one for one in user.tokens.select_related("use") if is_good(one, rule)]


def find(text: str) -> ApiToken:
    """The token, with its user and use. Errors: BadToken in words for whoever holds it."""
    token = ApiToken.objects.select_related("user", "use").filter(digest=digest_of(text)).first()
    if token is None:
        raise BadToken
    rule = SignInRule.now()
    if token.revoked_at is not None:
        raise BadToken(_("这个接口令牌已在 %(at)s 撤销。") % {"at": moment(token.revoked_at)})
    if (end := ends_at(token, rule)) <= timezone.now():
        raise BadToken(_("这个接口令牌已在 %(at)s 到期。请另建一个。") % {"at": moment(end)})
    if not token.user.is_active:
        raise BadToken(_("这个账号已停用。需要恢复，请联系本单位管理员。"))
    if minutes := locked_for(token.user.username, rule):
        raise BadToken(_("账号已锁定，%(minutes)s 分钟后再试。") % {"minutes": minutes})
    return token
