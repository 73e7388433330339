"""What a front desk does: schedule, rosters, editing, booking. Knows neither Textual nor httpx."""
