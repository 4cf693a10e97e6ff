"""What is deployed: the template is valid and gives away no more than it must, the images hold what they should."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cfnlint.decode import cfn_yaml

from bot.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
TEMPLATE = ROOT / "deploy/earshot.yml"
# These actions have no resource in IAM that could be named.
WITHOUT_RESOURCE = {
    "transcribe:StartTranscriptionJob",
    "transcribe:ListTranscriptionJobs",
    "polly:SynthesizeSpeech",
    "polly:DescribeVoices",
    "bedrock:ListFoundationModels",
    "bedrock:ListInferenceProfiles",
    "servicequotas:ListServiceQuotas",
}
WRITABLE = ("/data", "/tmp")  # noqa: S108 - the folders of a container, not of this machine


@pytest.fixture(scope="module")
def resources() -> dict[str, Any]:
    template: dict[str, dict[str, Any]] = json.loads(json.dumps(cfn_yaml.load(str(TEMPLATE))))
    return template["Resources"]


def statements(resources: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """(name of the resource, statement) of each thing that a role may do."""
    for name, resource in resources.items():
        properties = resource.get("Properties", {})
        documents = [properties.get("PolicyDocument"), *(p["PolicyDocument"] for p in properties.get("Policies", ()))]
        if not resource["Type"].startswith("AWS::IAM::"):
            continue
        for document in filter(None, documents):
            for statement in document["Statement"]:
                yield name, statement["Fn::If"][1] if "Fn::If" in statement else statement


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def test_the_template_is_valid() -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("cfn-lint"), "--", TEMPLATE], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_the_bucket_is_closed_encrypted_and_forgets(resources: dict[str, Any]) -> None:
    bucket = resources["Bucket"]["Properties"]
    assert set(bucket["PublicAccessBlockConfiguration"].values()) == {True}
    assert bucket["BucketEncryption"]
    assert "VersioningConfiguration" not in bucket, "what is deleted would stay"
    rules = {rule["Id"]: rule for rule in bucket["LifecycleConfiguration"]["Rules"]}
    assert rules["recordings"]["TagFilters"] == [{"Key": "kind", "Value": "media"}]
    assert rules["unfinished-uploads"]["AbortIncompleteMultipartUpload"] == {"DaysAfterInitiation": 1}
    denials = resources["BucketPolicy"]["Properties"]["PolicyDocument"]["Statement"]
    assert {"Bool": {"aws:SecureTransport": "false"}} in [denial["Condition"] for denial in denials]
    assert {denial["Effect"] for denial in denials} == {"Deny"}


def test_roles_may_do_named_things_to_named_things(resources: dict[str, Any]) -> None:
    for name, statement in statements(resources):
        for action in listed(statement["Action"]):
            assert "*" not in action, f"{name}: {action}"
            assert "*" not in listed(statement["Resource"]) or action in WITHOUT_RESOURCE, f"{name}: {action}"


def test_who_talks_with_browsers_may_only_read(resources: dict[str, Any]) -> None:
    assert resources["FrontRole"]["Properties"]["ManagedPolicyArns"] == [{"Ref": "BlobReading"}]
    actions = {a for name, s in statements(resources) if name == "BlobReading" for a in listed(s["Action"])}
    assert all(re.match(r"(s3:(Get|List)|kms:Decrypt)", action) for action in actions)


def test_the_models_that_are_preferred_are_the_ones_that_may_be_called() -> None:
    template = json.loads(json.dumps(cfn_yaml.load(str(TEMPLATE))))["Parameters"]
    preferred = template["BedrockModels"]["Default"].split(",")
    allowed = re.split(r",\s*", template["BedrockModelArns"]["Default"])
    assert tuple(preferred) == Settings.model_fields["bedrock_models"].default
    assert set(allowed) == {
        arn
        for name in preferred
        for arn in (
            f"arn:aws:bedrock:*:*:inference-profile/{name}",
            f"arn:aws:bedrock:*::foundation-model/{name.removeprefix('global.')}",
            f"arn:aws:bedrock:::foundation-model/{name.removeprefix('global.')}",
        )
    }


def test_no_task_may_write_to_its_root_or_be_root(resources: dict[str, Any]) -> None:
    tasks = [r["Properties"] for r in resources.values() if r["Type"] == "AWS::ECS::TaskDefinition"]
    assert len(tasks) == 2
    for task in tasks:
        (container,) = task["ContainerDefinitions"]
        assert container["ReadonlyRootFilesystem"] is True
        assert container["User"] == "10001"
        assert container["LinuxParameters"]["Capabilities"] == {"Drop": ["ALL"]}
        assert {mount["ContainerPath"] for mount in container["MountPoints"]} == set(WRITABLE)
        plain_names = {entry["Name"] for entry in container["Environment"]}
        assert not {name for name in plain_names if re.search("TOKEN|SECRET|PASSWORD|DATABASE", name)}


def names(entry: dict[str, Any]) -> list[str]:
    """The name of an environment's entry; both of them where a condition chooses."""
    return [entry["Name"]] if "Name" in entry else [each["Name"] for each in entry["Fn::If"][1:] if "Name" in each]


def test_tasks_are_given_settings_that_there_are_and_the_same_ones(resources: dict[str, Any]) -> None:
    known = {name.upper() for name in Settings.model_fields}
    given = {}
    for name, resource in resources.items():
        if resource["Type"] == "AWS::ECS::TaskDefinition":
            (container,) = resource["Properties"]["ContainerDefinitions"]
            entries = [*container["Environment"], *container["Secrets"]]
            found = [each for entry in entries for each in names(entry)]
            given[name] = sorted(found)
            assert set(found) <= known, name
            assert len(set(found)) == len(found), name
    assert given["FrontTask"] == given["WorkTask"]
    assert {"BACKEND", "S3_BUCKET", "DATABASE_URL", "SLACK_BOT_TOKEN"} <= set(given["FrontTask"])


def test_the_database_is_closed_and_encrypted(resources: dict[str, Any]) -> None:
    assert resources["Instance"]["Properties"]["StorageEncrypted"] is True
    assert resources["Cluster"]["Properties"]["StorageEncrypted"] is True
    for name in ("Instance", "ClusterInstance"):
        assert resources[name]["Properties"]["PubliclyAccessible"] is False
    (rule,) = resources["DatabaseGroup"]["Properties"]["SecurityGroupIngress"]
    assert rule["SourceSecurityGroupId"] == {"Fn::GetAtt": ["ServiceGroup", "GroupId"]} or rule[
        "SourceSecurityGroupId"
    ] == {"Ref": "ServiceGroup"}


def test_every_alarm_reaches_somebody(resources: dict[str, Any]) -> None:
    alarms = {name: r for name, r in resources.items() if r["Type"] == "AWS::CloudWatch::Alarm"}
    assert {"Errors", "Stuck", "QueueAge", "Down"} <= alarms.keys()
    assert all(alarm["Properties"]["AlarmActions"] == [{"Ref": "Trouble"}] for alarm in alarms.values())
    assert resources["Cost"]["Type"] == "AWS::Budgets::Budget"
    measured = {
        transformation["MetricName"]
        for resource in resources.values()
        if resource["Type"] == "AWS::Logs::MetricFilter"
        for transformation in resource["Properties"]["MetricTransformations"]
    }
    assert {alarms[name]["Properties"]["MetricName"] for name in ("Errors", "Stuck", "QueueAge")} == measured


# --- The images -------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def stages() -> dict[str, dict[str, Any]]:
    """Each stage of the Dockerfile: what it begins with, and its (instruction, arguments)."""
    text = re.sub(r"\\\n", " ", (ROOT / "Dockerfile").read_text())
    found: dict[str, dict[str, Any]] = {}
    for line in text.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        instruction, _, rest = line.partition(" ")
        if instruction == "FROM":
            base, _, name = rest.partition(" AS ")
            found[name] = {"base": base, "steps": []}
        else:
            found[name]["steps"].append((instruction, rest))
    return found


def steps(stages: dict[str, dict[str, Any]], name: str) -> list[tuple[str, str]]:
    """All that a stage does, what it begins with included."""
    stage = stages[name]
    return [*(steps(stages, stage["base"]) if stage["base"] in stages else ()), *stage["steps"]]


def test_what_the_images_copy_is_there_and_not_left_out(stages: dict[str, dict[str, Any]]) -> None:
    ignored = set((ROOT / ".dockerignore").read_text().split())
    for stage in stages.values():
        for instruction, rest in stage["steps"]:
            if instruction == "COPY" and not rest.startswith("--from"):
                source = rest.split()[0]
                assert (ROOT / source).exists(), source
                assert source.split("/")[0] not in ignored
            elif instruction == "COPY":
                assert re.match(r"--from=([\w-]+) ", rest)[1] in stages  # type: ignore[index]


@pytest.mark.parametrize("target", ["aws", "local"])
def test_an_image_runs_the_bot_as_an_ordinary_user(stages: dict[str, dict[str, Any]], target: str) -> None:
    done = steps(stages, target)
    assert [rest for instruction, rest in done if instruction == "USER"] == ["10001"]
    assert ("CMD", '["python", "-m", "bot", "serve"]') in done
    assert sum(rest.count('"/data"') for instruction, rest in done if instruction == "VOLUME") == 1
    user = done.index(("USER", "10001"))
    assert not [rest for instruction, rest in done[user:] if instruction == "RUN"], "an ordinary user builds nothing"


@pytest.mark.parametrize("target", ["aws", "local"])
def test_an_image_sets_only_settings_that_there_are(stages: dict[str, dict[str, Any]], target: str) -> None:
    told = " ".join(rest for instruction, rest in steps(stages, target) if instruction == "ENV")
    found = set(re.findall(r"(\w+)=", told))
    assert {"HOST", "DATA_DIR"} <= found
    ours = {name for name in found if name != "PATH" and not name.startswith("PYTHON")}
    assert ours <= {name.upper() for name in Settings.model_fields}


def test_the_image_for_aws_has_no_local_models(stages: dict[str, dict[str, Any]]) -> None:
    copied = " ".join(rest for instruction, rest in steps(stages, "aws") if instruction == "COPY")
    assert "--from=build-aws" in copied
    assert "local" not in copied
    assert "weights.txt" not in copied
    pinned = (ROOT / "requirements/aws.txt").read_text()
    assert re.search(r"^boto3==", pinned, re.MULTILINE)
    for package in ("faster-whisper", "onnxruntime", "piper-tts", "moto", "pytest"):
        assert not re.search(rf"^{package}==", pinned, re.MULTILINE), package


def test_an_image_is_built_from_pinned_packages_only(stages: dict[str, dict[str, Any]]) -> None:
    installs = [
        rest for stage in stages.values() for what, rest in stage["steps"] if what == "RUN" if "install -" in rest
    ]
    packages = [rest for rest in installs if "requirements/" in rest]
    assert len(packages) == 3
    assert all("--require-hashes" in rest for rest in packages)
