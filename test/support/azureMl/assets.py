from azure.ai.ml.constants import ListViewType
from azure.ai.ml.entities import AmlCompute, AzureBlobDatastore, Data, Environment, Model

from calls import Calls, client

ml = client()
calls = Calls()

calls("workspaces.get", lambda: [ml.workspaces.get().name, ml.workspaces.get().location])
calls("workspaces.list", lambda: [workspace.name for workspace in ml.workspaces.list()])

calls("datastores.get", lambda: str(ml.datastores.get("workspaceblobstore").type))
calls("datastores.get_default", lambda: ml.datastores.get_default().name)
calls(
    "datastores.create_or_update",
    lambda: ml.datastores.create_or_update(
        AzureBlobDatastore(name="elsewhere", account_name="account", container_name="container")
    ).container_name,
)
calls("datastores.list", lambda: [datastore.name for datastore in ml.datastores.list()])
calls("datastores.delete", lambda: ml.datastores.delete("elsewhere"))
calls("datastores after delete", lambda: [datastore.name for datastore in ml.datastores.list()])

compute = AmlCompute(name="cpu", min_instances=0, max_instances=3)
calls("compute.begin_create_or_update", lambda: ml.compute.begin_create_or_update(compute).result().max_instances)
calls("compute.get", lambda: ml.compute.get("cpu").max_instances)
calls("compute.list", lambda: [one.name for one in ml.compute.list()])


def update_compute():
    compute = ml.compute.get("cpu")
    compute.max_instances = 5
    return ml.compute.begin_update(compute).result().max_instances


calls("compute.begin_update", update_compute)
calls("compute.begin_delete", lambda: ml.compute.begin_delete("cpu").result())
calls("compute after delete", lambda: [one.name for one in ml.compute.list()])


def shown(asset):
    return {"name": asset.name, "version": asset.version, "type": getattr(asset, "type", None), "tags": asset.tags}


def asset_calls(kind, operations, make):
    calls(f"{kind}.create_or_update", lambda: shown(operations.create_or_update(make("first"))))
    calls(f"{kind}.create_or_update again", lambda: shown(operations.create_or_update(make("second"))))
    calls(f"{kind}.get", lambda: shown(operations.get("asset", version="1")))
    calls(f"{kind}.get latest", lambda: operations.get("asset", label="latest").version)
    calls(f"{kind}.list", lambda: [asset.name for asset in operations.list()])
    calls(f"{kind}.list versions", lambda: [asset.version for asset in operations.list("asset")])
    calls(f"{kind}.archive version", lambda: operations.archive("asset", version="2"))
    calls(f"{kind}.list without it", lambda: [asset.version for asset in operations.list("asset")])
    everything = ListViewType.ALL
    calls(
        f"{kind}.list with it",
        lambda: [asset.version for asset in operations.list("asset", list_view_type=everything)],
    )
    calls(f"{kind}.restore version", lambda: operations.restore("asset", version="2"))
    calls(f"{kind}.list restored", lambda: [asset.version for asset in operations.list("asset")])
    calls(f"{kind}.archive", lambda: operations.archive("asset"))
    calls(f"{kind}.list archived", lambda: [asset.name for asset in operations.list()])
    calls(f"{kind}.restore", lambda: operations.restore("asset"))
    calls(f"{kind}.list all restored", lambda: [asset.name for asset in operations.list()])


asset_calls(
    "models",
    ml.models,
    lambda which: Model(name="asset", path=f"{which}-model", type="custom_model", tags={"which": which}),
)
asset_calls(
    "data",
    ml.data,
    lambda which: Data(name="asset", path=f"{which}-data", type="uri_folder", tags={"which": which}),
)
asset_calls(
    "environments",
    ml.environments,
    lambda which: Environment(
        name="asset", image="image", conda_file={"dependencies": [{"pip": [which]}]}, tags={"which": which}
    ),
)
calls("data file", lambda: shown(ml.data.create_or_update(Data(name="file", path="a file.txt", type="uri_file"))))
calls("model file", lambda: shown(ml.models.create_or_update(Model(name="file", path="a file.txt"))))
calls("models.download", lambda: ml.models.download("asset", version="1", download_path="downloaded"))

calls.print()
