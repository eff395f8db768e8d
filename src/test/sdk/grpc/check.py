"""Checks LLM Pool's gRPC port with Google's own client for Python, made from our .proto; see ../README.md."""

import os
import sys
import tempfile
import traceback

import grpc
from google.protobuf import descriptor_pb2
from google.protobuf.descriptor_pool import DescriptorPool
from grpc_health.v1 import health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha.proto_reflection_descriptor_database import ProtoReflectionDescriptorDatabase
from grpc_tools import protoc

FILE = "vvtv/llmpool/v1/llmpool.proto"
SERVICE = "vvtv.llmpool.v1.LLMPool"

generated = tempfile.mkdtemp()
made = protoc.main(
    [
        "protoc",
        "-I" + os.environ["PROTO"],
        "--python_out=" + generated,
        "--grpc_python_out=" + generated,
        "--descriptor_set_out=" + os.path.join(generated, "set"),
        FILE,
    ]
)
assert made == 0, made
sys.path.insert(0, generated)
from vvtv.llmpool.v1 import llmpool_pb2, llmpool_pb2_grpc  # noqa: E402

channel = grpc.insecure_channel(os.environ["TARGET"])
pool = llmpool_pb2_grpc.LLMPoolStub(channel)


def query(**fields):
    return llmpool_pb2.Query(task=llmpool_pb2.TASK_JUDGE, prompt="which?", max_tokens=64, **fields)


def infer():
    answer = pool.Infer(query(request_id="r1", strategy=llmpool_pb2.STRATEGY_JUDGE), timeout=30)
    assert answer.request_id == "r1", answer
    assert answer.content == "calm", answer
    assert answer.winner_model == "llama3.1:8b", answer
    assert answer.decision.strategy_used == llmpool_pb2.STRATEGY_JUDGE, answer
    assert list(answer.decision.models_queried) == ["llama3.1:8b", "gemma2:9b"], answer
    assert list(answer.decision.model_scores) == [0.75, 0.25], answer
    assert answer.meta["usage_prompt_tokens"] == "12", answer
    assert not answer.from_cache, answer


def refusal():
    try:
        pool.Infer(llmpool_pb2.Query(prompt="which?"), timeout=30)
    except grpc.RpcError as error:
        assert error.code() == grpc.StatusCode.INVALID_ARGUMENT, error
        assert error.details().startswith("Invalid query: No task is named"), error
    else:
        raise AssertionError("it is not refused")


def compression():
    assert pool.Infer(query(), timeout=30, compression=grpc.Compression.Gzip).content == "calm"


def pools_health():
    health = pool.Health(llmpool_pb2.HealthRequest(), timeout=30)
    assert health.healthy and health.version == "1.2.3", health
    assert dict(health.provider_status) == {"llama": "healthy"}, health


def usual_health():
    stub = health_pb2_grpc.HealthStub(channel)
    for service in ("", SERVICE):
        answer = stub.Check(health_pb2.HealthCheckRequest(service=service), timeout=30)
        assert answer.status == health_pb2.HealthCheckResponse.SERVING, answer
    watch = stub.Watch(health_pb2.HealthCheckRequest(), timeout=30)
    assert next(watch).status == health_pb2.HealthCheckResponse.SERVING
    watch.cancel()


def reflection():
    database = ProtoReflectionDescriptorDatabase(channel)
    assert SERVICE in database.get_services(), database.get_services()
    service = DescriptorPool(database).FindServiceByName(SERVICE)
    assert [method.name for method in service.methods] == ["Infer", "Health"], service.methods


def descriptor():
    sets = []
    for file in (os.path.join(generated, "set"), os.environ["DESCRIPTOR"]):
        with open(file, "rb") as content:
            sets.append(descriptor_pb2.FileDescriptorSet.FromString(content.read()))
    assert sets[0] == sets[1], "the descriptor is not what protoc makes of the file"


failed = 0
for check in (infer, refusal, compression, pools_health, usual_health, reflection, descriptor):
    try:
        check()
        print("PASSED " + check.__name__)
    except Exception as why:
        failed += 1
        print(f"FAILED {check.__name__}: {why}")
        traceback.print_exc(file=sys.stdout)
sys.exit(1 if failed else 0)
