"""What became of announced lines and of the texts written into them: arrived, to be sent anew, or lost.

A text is bound to its message: where that is gone, its line is posted anew before the text is written again.
"""

from datetime import datetime

from storage.database import Database
from storage.instants import written

MOVED, UNANSWERED, GONE = "chat moved", "chat moved, unanswered", "message gone"  # why a text was cancelled
_MOST_TRIES = 8
_LINE = "bulletin || ' ' || part || '.0'"
_TEXT = "bulletin || ' ' || part || ' text ' || tries || '.0'"
_IS_OPEN = "SELECT 1 FROM bulletin_parts WHERE state IN ('announced', 'unposted', 'written') LIMIT 1"

# Texts that were queued.
_TEXT_IS = f"EXISTS (SELECT 1 FROM outbox o WHERE o.key = {_TEXT} AND {{state}})"
_CANCELLED = f"state = 'written' AND tries < {_MOST_TRIES} AND " + _TEXT_IS.format(
    state="o.state = 'cancelled' AND {reason}"
)
# Its message is still there: a chat that is back gets the text late, one that may see less gets another.
_WRITE_ANEW = f"""
UPDATE bulletin_parts SET state = 'announced'
WHERE {_CANCELLED.format(reason="(o.reason = 'chat suspended' OR o.reason = 'not cleared' AND part = 1)")}
"""
_POST_ANEW = f"""
UPDATE bulletin_parts SET state = 'unposted'
WHERE {_CANCELLED.format(reason=f"o.reason IN ('{MOVED}', '{GONE}')")}
"""
_ARRIVED = f"""
UPDATE bulletin_parts SET state = 'over', message = NULL
WHERE state = 'written' AND {_TEXT_IS.format(state="o.state = 'sent'")}
"""
_LOST = f"""
UPDATE bulletin_parts SET state = 'lost', message = NULL
WHERE state = 'written' AND {_TEXT_IS.format(state="o.state IN ('dead', 'cancelled')")}
"""

# A digest that was ended says nothing more.
_CANCEL_LINES = """
UPDATE outbox SET state = 'cancelled', reason = 'ended', settled_at = :at
WHERE state = 'new' AND key IN (
    SELECT b.key || ' 1.0' FROM bulletins b JOIN digests d ON d.id = b.digest
    WHERE b.state = 'announced' AND d.is_ended = 1)
"""
_ENDED = """
UPDATE bulletins SET state = 'skipped', reason = 'ended', settled_at = :at
WHERE state = 'announced' AND digest IN (SELECT id FROM digests WHERE is_ended = 1)
  AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.key = bulletins.key || ' 1.0' AND o.state IN ('leased', 'uncertain'))
"""
_DROPPED = """
UPDATE bulletin_parts SET state = 'lost', message = NULL
WHERE state IN ('announced', 'unposted') AND (SELECT state FROM bulletins WHERE key = bulletin) IN ('sent', 'skipped')
"""

# Lines whose message is gone go out as they were; the old one keeps its row under another key.
_COPY = """
INSERT INTO outbox (key, chat, thread, kind, method, payload, label, refs, created_at)
SELECT l.key || ' anew', b.chat, l.thread, l.kind, l.method, json_set(l.payload, '$.chat_id', b.chat), l.label, l.refs,
       :at
FROM bulletin_parts p JOIN bulletins b ON b.key = p.bulletin
JOIN outbox l ON l.key = p.bulletin || ' ' || p.part || '.0'
WHERE p.state = 'unposted' AND l.payload IS NOT NULL AND b.chat NOT IN (SELECT chat FROM suspended_chat)
ON CONFLICT (key) DO NOTHING
"""
_COPIED = f"SELECT {_LINE} || ' anew' FROM bulletin_parts WHERE state = 'unposted'"
_PUT_ASIDE = f"""
UPDATE outbox SET key = key || ' ' || id
WHERE key IN (SELECT substr(key, 1, length(key) - 5) FROM outbox WHERE key IN ({_COPIED}))
"""
_TAKE_PLACE = f"UPDATE outbox SET key = substr(key, 1, length(key) - 5) WHERE key IN ({_COPIED})"
_LINE_IS = f"EXISTS (SELECT 1 FROM outbox o WHERE o.key = {_LINE} AND {{state}})"
_ANNOUNCED_ANEW = f"""
UPDATE bulletin_parts SET state = 'announced' WHERE state = 'unposted' AND {_LINE_IS.format(state="o.state = 'new'")}
"""
_FORGOTTEN = f"""
UPDATE bulletin_parts SET state = 'lost', message = NULL
WHERE state = 'unposted' AND {_LINE_IS.format(state="o.payload IS NULL")}
"""

# The bulletins, by what became of their parts: it is the first that counts.
_OPEN_PART = """
EXISTS (SELECT 1 FROM bulletin_parts p WHERE p.bulletin = key AND p.state IN ('announced', 'unposted', 'written'))
"""
_FIRST_IS = "EXISTS (SELECT 1 FROM bulletin_parts p WHERE p.bulletin = key AND p.part = 1 AND p.state {state})"
_OPEN_AGAIN = f"""
UPDATE bulletins SET state = 'announced'
WHERE state = 'composed' AND {_FIRST_IS.format(state="IN ('announced', 'unposted')")}
"""
_SENT = f"""
UPDATE bulletins SET state = 'sent', settled_at = :at
WHERE state = 'composed' AND NOT {_OPEN_PART} AND {_FIRST_IS.format(state="= 'over'")}
"""
_UNSENT = f"""
UPDATE bulletins SET state = 'skipped', reason = 'unreachable', settled_at = :at
WHERE state IN ('announced', 'composed') AND NOT {_OPEN_PART} AND {_FIRST_IS.format(state="= 'lost'")}
"""

# A chat that gets another id leaves its messages behind. Whether a text that was not answered has arrived there cannot
# be found out any more; one that is on its way right now will tell.
IS_TEXT = f"key IN (SELECT {_TEXT} FROM bulletin_parts WHERE state = 'written')"
ONE_IS_TEXT = f"SELECT 1 FROM outbox WHERE id = :id AND {IS_TEXT}"
_LEAVE_TEXTS = f"""
UPDATE outbox SET state = 'cancelled', settled_at = :at,
    reason = CASE state WHEN 'new' THEN '{MOVED}' ELSE '{UNANSWERED}' END
WHERE chat = :old AND state IN ('new', 'uncertain') AND {IS_TEXT}
"""
_LEAVE_LINES = f"""
UPDATE bulletin_parts SET state = 'unposted'
WHERE state = 'announced' AND (SELECT chat FROM bulletins WHERE key = bulletin) = :old
  AND {_LINE_IS.format(state="o.state = 'sent'")}
"""
_MOVE_DIGESTS = "UPDATE digests SET chat = :new, pinned = NULL WHERE chat = :old"
_MOVE_BULLETINS = "UPDATE OR IGNORE bulletins SET chat = :new WHERE chat = :old"
MOVE = (_LEAVE_TEXTS, _LEAVE_LINES, _MOVE_DIGESTS, _MOVE_BULLETINS)

_TEXTS = (_WRITE_ANEW, _POST_ANEW, _ARRIVED, _LOST)
_ENDS = (_CANCEL_LINES, _ENDED, _DROPPED)
_LINES = (_COPY, _PUT_ASIDE, _TAKE_PLACE, _ANNOUNCED_ANEW, _FORGOTTEN)
_BULLETINS = (_OPEN_AGAIN, _SENT, _UNSENT)


async def settle(database: Database, at: datetime) -> bool:
    """Notes what became of lines and texts; gives whether anything was open, and may have been queued."""
    if not await database.read(_IS_OPEN):
        return False
    when = [{"at": written(at)}]
    await database.write_rows(*((sql, when) for sql in (*_TEXTS, *_ENDS, *_LINES, *_BULLETINS)))
    return True
