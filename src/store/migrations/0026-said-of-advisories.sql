-- What was said of an advisory is kept with what was told. What was told until now is taken to be said as it is known now,
-- so that an update to come is told and nothing else. `words` is not known, and written down when it is looked at next.
update exposure e set told = e.told || jsonb_build_object('said', jsonb_strip_nulls(jsonb_build_object(
    'severity', a.content -> 'severity', 'malware', a.content -> 'malware', 'epss', a.content -> 'epss')))
from advisory a where a.ghsa = e.ghsa;
