"""The processes: `celery -A workers.app worker` and `celery -A workers.app beat`."""
