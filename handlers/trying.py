"""What a document would do, as far as the person who sent it may be told."""

from handlers.context import Request
from registry.drafts import Draft
from registry.visibility import Clearance
from views.dry_run import Shown


async def tried(request: Request, draft: Draft) -> Shown:
    """Tried out on the register as it is now. Raises ValueError for a document that was not read."""
    if draft.reading is None or request.intray is None:
        raise ValueError(draft.id)
    applied = await request.intray.try_out(draft)
    sees_all = request.reader.clearance is Clearance.CONTENT
    return Shown(
        draft=draft,
        reading=draft.reading,
        applied=applied if sees_all else applied.as_told(layers=draft.public),
        quotes=sees_all or draft.public,
    )
