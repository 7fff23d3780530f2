-- What the look at a new day asks for, in however long a history.
create index incident_held on incident (room) where held;
