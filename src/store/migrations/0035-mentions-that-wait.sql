-- Texts whose mention waits for a place among the incidents that call people.
create index publication_waits on publication (incident_id) where mentions ? 'waits';
