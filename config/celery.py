"""Celery's settings: what Celery is good at, with everything that could lose or hide work off.

An article never travels in a Celery message (docs/decisions/0003), so tickets may be lost; still
each setting here is the safe one, for whoever adds tasks of their own.
"""

from __future__ import annotations

import ssl
from typing import Any

from kombu.entity import Exchange, Queue

from config.settings import Settings

# The last batch of a pull may begin as its time ends: 2 MB of text are some 8 seconds of analysis.
_BATCH_SECONDS = 10

PULL, INGEST, MAINTENANCE = "warraq.pull", "warraq.ingest", "warraq.maintenance"
MAINTAIN_EVERY_SECONDS = 30.0


def _queues() -> list[Queue]:
    # Each with an exchange of its own: left to defaults all three would share one routing key.
    return [
        Queue(name, Exchange(name), routing_key=name)  # type: ignore[no-untyped-call]
        for name in (PULL, INGEST, MAINTENANCE)
    ]


def _tls(settings: Settings) -> dict[str, Any]:
    """Who the broker must prove to be: of a rediss:// address alone, kombu asks for no proof."""
    if not settings.redis_url.startswith("rediss://"):
        return {}
    proof: dict[str, Any] = {"ssl_cert_reqs": ssl.CERT_REQUIRED, "ssl_check_hostname": True}
    if settings.redis_ca:
        proof["ssl_ca_certs"] = str(settings.redis_ca)
    return {"broker_use_ssl": proof}


def celery_settings(settings: Settings) -> dict[str, Any]:
    """Celery's configuration for `settings`."""
    # A pull may begin its last batch as its time ends, with the one before still being written; an
    # article that takes too long ends its process before.
    longest_pull = round(
        settings.pull_seconds
        + settings.article_seconds
        + 2 * settings.elasticsearch_timeout_seconds
    )
    return _tls(settings) | {
        "broker_url": settings.redis_login,
        "broker_connection_retry_on_startup": True,
        # For ever: left to itself a worker ends itself in an outage of some 50 minutes.
        "broker_connection_max_retries": None,
        "broker_transport_options": {
            # Redelivery of unacknowledged messages; none of our tasks runs as long.
            "visibility_timeout": longest_pull + 30,
            "unacked_restore_limit": 100,
            # Looked for every 5 seconds; left to itself kombu looks every 100.
            "unacked_restore_interval": 5,
            "unacked_restore_throttle": 1,
            "unacked_mutex_expire": 10,
            "socket_timeout": 10,
            "socket_connect_timeout": 10,
            "health_check_interval": 15,
            "retry_on_timeout": True,
            # Read by our gate. An article in \u escapes and base64 takes four times its bytes; what
            # is larger is no article, and may take twenty times its bytes of memory to read.
            "most_message_bytes": 4 * settings.payload_bytes + 100_000,
        },
        # JSON only: a pickle from the broker would be code of whoever can write there.
        "task_serializer": "json",
        "result_serializer": "json",
        "accept_content": ["json"],
        "task_ignore_result": True,
        "task_queues": _queues(),
        "task_default_queue": MAINTENANCE,
        "task_create_missing_queues": False,
        "task_routes": {
            "warraq.pull": {"queue": PULL},
            "warraq.ingest": {"queue": INGEST},
            "warraq.maintain": {"queue": MAINTENANCE},
        },
        "task_acks_late": True,
        "task_reject_on_worker_lost": True,
        "task_acks_on_failure": True,
        "task_acks_on_timeout": False,
        "task_time_limit": longest_pull,
        # Reads the queues through a gate, for whoever may push to them may push anything; without
        # gossip, which could hang it.
        "worker_consumer": "workers.consumer:Consumer",
        "worker_prefetch_multiplier": 1,
        "worker_max_tasks_per_child": 500,
        "worker_max_memory_per_child": settings.max_memory_megabytes * 1024,
        # Celery waits all of it while a task is active, and a pull ends by itself.
        "worker_soft_shutdown_timeout": settings.pull_seconds + _BATCH_SECONDS,
        "worker_enable_soft_shutdown_on_idle": False,
        "worker_cancel_long_running_tasks_on_connection_loss": False,
        "worker_enable_remote_control": settings.remote_control,
        # What Flower shows comes from these events.
        "worker_send_task_events": True,
        "task_send_sent_event": True,
        "worker_hijack_root_logger": False,
        "beat_schedule": {
            "maintain": {
                "task": "warraq.maintain",
                "schedule": MAINTAIN_EVERY_SECONDS,
                # If no worker was there to take it, the next one is as good.
                "options": {"expires": MAINTAIN_EVERY_SECONDS},
            },
        },
    }
