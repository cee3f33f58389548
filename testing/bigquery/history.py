"""Jobs of the emulator in memory instead of in its database, which writes each of them to the disk three times: they live as long as it does."""

from local_bigquery.jobs import store

jobs = {}


def save(job):
    jobs[job.jobReference.projectId, job.jobReference.jobId] = job
    return job


def load(project_id, job_id):
    return jobs.get((project_id, job_id))


def list_(project_id, states=None, parent_job_id=None, min_creation_time=None, max_creation_time=None):
    """Newest first."""
    return sorted(
        (
            job
            for (project, _), job in jobs.items()
            if project == project_id
            and job.statistics.parentJobId == parent_job_id
            and (states is None or job.status.state in states)
            and (min_creation_time is None or int(job.statistics.creationTime) >= min_creation_time)
            and (max_creation_time is None or int(job.statistics.creationTime) <= max_creation_time)
        ),
        key=lambda job: -int(job.statistics.creationTime),
    )


def delete(project_id, job_id):
    for key, job in list(jobs.items()):
        if key[0] == project_id and job_id in (key[1], job.statistics.parentJobId):
            jobs.pop(key, None)


def install():
    store.save, store.load, store.list_, store.delete = save, load, list_, delete
