from storage.database import Database
from tests.kit.races import run_races


async def test_of_two_leads_at_once_one_is_taken_and_one_is_told_every_time(database: Database) -> None:
    await run_races(database, 500)
