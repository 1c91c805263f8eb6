from two_person_races import run_races

from storage.database import Database


async def test_of_two_leads_at_once_one_is_taken_and_one_is_told_every_time(database: Database) -> None:
    await run_races(database, 500)
