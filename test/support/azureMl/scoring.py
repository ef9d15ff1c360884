import contextlib
import io
import time
from pathlib import Path

from azure.ai.ml import Input, Output
from azure.ai.ml.entities import (
    AmlCompute,
    BatchEndpoint,
    BatchRetrySettings,
    CodeConfiguration,
    Data,
    Model,
    ModelBatchDeployment,
    ModelBatchDeploymentSettings,
)

from calls import Calls, client, command_line

ml = client()
calls = Calls()
ml.compute.begin_create_or_update(AmlCompute(name="cpu", min_instances=0, max_instances=2)).result()


def deployment(name, script):
    return ModelBatchDeployment(
        name=name,
        endpoint_name="sizes",
        model=Model(path="first-model"),
        code_configuration=CodeConfiguration(code="code", scoring_script=script),
        compute="cpu",
        settings=ModelBatchDeploymentSettings(
            mini_batch_size=2,
            instance_count=2,
            max_concurrency_per_instance=1,
            output_action="append_row",
            output_file_name="predictions.csv",
            retry_settings=BatchRetrySettings(max_retries=1, timeout=30),
            logging_level="info",
            error_threshold=0,
        ),
    )


endpoints, deployments = ml.batch_endpoints, ml.batch_deployments
endpoint = BatchEndpoint(name="sizes", description="Sizes of files", tags={"team": "vision"})
calls("batch_endpoints.begin_create_or_update", lambda: endpoints.begin_create_or_update(endpoint).result().name)
calls(
    "batch_endpoints.get",
    lambda: [endpoints.get("sizes").description, endpoints.get("sizes").tags, endpoints.get("sizes").auth_mode],
)
calls("batch_endpoints.list", lambda: [one.name for one in endpoints.list()])
calls(
    "batch_deployments.begin_create_or_update",
    lambda: deployments.begin_create_or_update(deployment("main", "score.py")).result().name,
)
deployments.begin_create_or_update(deployment("failing", "failing.py")).result()
deployments.begin_create_or_update(deployment("slow", "slow.py")).result()


def get_deployment():
    found = deployments.get("main", "sizes")
    return [found.endpoint_name, found.compute.split("/")[-1], found.mini_batch_size, found.retry_settings.max_retries]


calls("batch_deployments.get", get_deployment)
calls("batch_deployments.list", lambda: sorted(one.name for one in deployments.list("sizes")))


def set_default():
    endpoint = endpoints.get("sizes")
    endpoint.defaults.deployment_name = "main"
    return endpoints.begin_create_or_update(endpoint).result().defaults.deployment_name


calls("defaults", set_default)


def streamed(name):
    """What stream prints, and the error that it ends with."""
    text = io.StringIO()
    try:
        with contextlib.redirect_stdout(text):
            ml.jobs.stream(name)
        return {"text": text.getvalue(), "error": None}
    except Exception as error:
        return {"text": text.getvalue(), "error": str(error)}


def downloaded(folder):
    return {str(path.relative_to(folder)): path.read_text() for path in Path(folder).rglob("*") if path.is_file()}


job = endpoints.invoke("sizes", inputs={"images": Input(path="first-data", type="uri_folder")})
calls("invoke with a local folder", lambda: job.name)
calls("jobs.stream", lambda: streamed(job.name))


def get_job():
    found = ml.jobs.get(job.name)
    return [found.type, found.status, found.display_name, found.creation_context is not None]


calls("jobs.get", get_job)
calls("the page of a job", lambda: ml.jobs.get(job.name).studio_url)


def children():
    return [[child.name, child.display_name, child.status] for child in ml.jobs.list(parent_job_name=job.name)]


calls("jobs.list of a parent", children)


def download_score():
    child = list(ml.jobs.list(parent_job_name=job.name))[0]
    ml.jobs.download(child.name, download_path="score", output_name="score")
    return downloaded("score")


calls("jobs.download of score", download_score)


def download_logs():
    ml.jobs.download(job.name, download_path="logs")
    return sorted(downloaded("logs"))


calls("jobs.download of logs", download_logs)


def download_all():
    ml.jobs.download(job.name, download_path="all", all=True)
    return sorted(downloaded("all"))


calls("jobs.download of all", download_all)

data = ml.data.create_or_update(Data(name="registered", path="first-data", type="uri_folder"))


def invoke_registered():
    started = endpoints.invoke(
        "sizes", deployment_name="main", inputs={"images": Input(path="azureml:registered@latest", type="uri_folder")}
    )
    ml.jobs.stream(started.name)
    return ml.jobs.get(started.name).status


calls("invoke with registered data", invoke_registered)


def invoke_overridden():
    started = endpoints.invoke(
        "sizes",
        input=Input(path=data.path, type="uri_folder"),
        params_override=[{"mini_batch_size": 1}, {"output_file_name": "own.csv"}],
        experiment_name="my-experiment",
    )
    ml.jobs.stream(started.name)
    ml.jobs.download(started.name, download_path="own", output_name="score")
    return [ml.jobs.get(started.name).experiment_name, sorted(downloaded("own"))]


calls("invoke with settings of its own", invoke_overridden)


def invoke_elsewhere():
    place = "azureml://datastores/workspaceblobstore/paths/my/results.csv"
    started = endpoints.invoke(
        "sizes",
        inputs={"images": Input(path=data.path, type="uri_folder")},
        outputs={"score": Output(type="uri_file", path=place)},
    )
    ml.jobs.stream(started.name)
    ml.jobs.download(started.name, download_path="elsewhere", output_name="score")
    return sorted(downloaded("elsewhere"))


calls("invoke with an output of its own", invoke_elsewhere)


def fail():
    started = endpoints.invoke("sizes", deployment_name="failing", input=Input(path=data.path, type="uri_folder"))
    end = streamed(started.name)
    return [ml.jobs.get(started.name).status, end["error"]]


calls("jobs.stream of a failure", fail)


def cancel():
    started = endpoints.invoke("sizes", deployment_name="slow", input=Input(path=data.path, type="uri_folder"))
    ml.jobs.begin_cancel(started.name).result()
    deadline = time.time() + 60
    while ml.jobs.get(started.name).status != "Canceled" and time.time() < deadline:
        time.sleep(0.2)
    return ml.jobs.get(started.name).status


calls("jobs.begin_cancel", cancel)
calls("jobs.list", lambda: [job.name in [one.name for one in ml.jobs.list()], len(list(ml.jobs.list()))])
calls("jobs.archive", lambda: ml.jobs.archive(job.name))
calls("jobs.list without it", lambda: job.name in [one.name for one in ml.jobs.list()])
calls("jobs.restore", lambda: ml.jobs.restore(job.name))
calls("jobs.list restored", lambda: job.name in [one.name for one in ml.jobs.list()])
calls(
    "jobs.update",
    lambda: [
        ml.jobs.update(job.name, display_name="The first", tags={"mine": "yes"}).display_name,
        ml.jobs.get(job.name).tags,
    ],
)
calls("batch_endpoints.list_jobs", lambda: len(list(endpoints.list_jobs("sizes"))))
calls("batch_deployments.list_jobs", lambda: len(list(deployments.list_jobs("sizes", name="failing"))))



def schedule():
    """The package has no class for such a schedule: the command line makes it."""
    place = Path("first-data").resolve()
    Path("tries.yml").write_text(
        'name: tries\ntrigger: {type: cron, expression: "0 2 1 1 *"}\n'
        f"create_job: {{endpoint: sizes, deployment: failing, input: {{path: '{place}'}}}}\n"
    )
    command_line("schedule", "create", "--file", "tries.yml")
    started = ml.schedules.trigger("tries").job_name
    deadline = time.time() + 60
    while ml.jobs.get(started).status != "Failed" and time.time() < deadline:
        time.sleep(0.2)
    return [started.startswith("tries-once-"), ml.jobs.get(started).status]


calls("schedules.trigger", schedule)
calls("schedules.get", lambda: ml.schedules.get("tries"))
calls("schedules.begin_delete", lambda: ml.schedules.begin_delete("tries").result())
calls("schedules after delete", lambda: ml.schedules.begin_delete("tries").result())

calls("batch_deployments.begin_delete", lambda: deployments.begin_delete("failing", "sizes").result())
calls("batch_deployments after delete", lambda: sorted(one.name for one in deployments.list("sizes")))
calls("batch_endpoints.begin_delete", lambda: endpoints.begin_delete("sizes").result())
calls("batch_endpoints after delete", lambda: [one.name for one in endpoints.list()])

calls.print()
