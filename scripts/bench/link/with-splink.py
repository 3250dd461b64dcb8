"""Links registers with Splink as its authors advise for people, and holds what comes of it against the truth.

Arguments: a CSV of cleaned registers, threads. Prints JSON: seconds, and precision and recall at thresholds (bits), of
pairs as they are predicted and of the clusters that they come to.
"""

import json
import sys
import time

import duckdb
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

file, threads = sys.argv[1], int(sys.argv[2])
thresholds = [-4, -2, 0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20]

began = time.monotonic()
connection = duckdb.connect()
connection.execute(f"SET threads = {threads}")
connection.execute(
    "CREATE TABLE registers AS SELECT * REPLACE (CAST(unique_id AS BIGINT) AS unique_id) "
    "FROM read_csv(?, all_varchar = true, header = true, nullstr = '')",
    [file],
)
api = DuckDBAPI(connection)

settings = SettingsCreator(
    link_type="dedupe_only",
    comparisons=[
        cl.ForenameSurnameComparison("given", "surnames", forename_surname_concat_col_name="full_name"),
        cl.ForenameSurnameComparison(
            "mother_given", "mother_surnames", forename_surname_concat_col_name="mother"
        ),
        cl.DateOfBirthComparison("birth", input_is_string=True),
        cl.ExactMatch("sex"),
        cl.DamerauLevenshteinAtThresholds("cpf", [1, 2]),
        cl.DamerauLevenshteinAtThresholds("rg", [1]),
        cl.ExactMatch("birthplace").configure(term_frequency_adjustments=True),
    ],
    blocking_rules_to_generate_predictions=[
        block_on("cpf"),
        block_on("rg"),
        block_on("birth", "given"),
        block_on("birth", "last"),
        block_on("given", "last", "birthplace"),
        block_on("given", "last", "substr(birth, 6)"),
        block_on("given", "last", "mother_given", "mother_last"),
        block_on("given", "last", "mother_given", "substr(birth, 1, 4)"),
        block_on("given", "mother_given", "mother_last", "substr(birth, 1, 4)"),
        block_on("given", "mother_given", "mother_last", "birthplace"),
        block_on("given", "substr(birth, 1, 4)", "birthplace"),
    ],
)
linker = Linker(api.register("registers"), settings, log_level="ERROR")
training = linker.training
training.estimate_probability_two_random_records_match(
    [block_on("cpf"), block_on("full_name", "birth"), block_on("full_name", "mother")], recall=0.8
)
training.estimate_u_using_random_sampling(max_pairs=1e7, seed=1)
for rule in (block_on("full_name"), block_on("birth", "given"), block_on("cpf"), block_on("mother", "given")):
    training.estimate_parameters_using_expectation_maximisation(rule)
predicted = linker.inference.predict(threshold_match_weight=thresholds[0])
seconds = time.monotonic() - began


def one(query, *values):
    return connection.execute(query, values).fetchall()[0]


(true_pairs,) = one("SELECT sum(n * (n - 1) // 2)::BIGINT FROM (SELECT count(*) n FROM registers GROUP BY person)")


def told(threshold, together, right):
    precision = 1 if together == 0 else right / together
    recall = right / true_pairs
    f1 = 0 if right == 0 else 2 * precision * recall / (precision + recall)
    return {"threshold": threshold, "precision": precision, "recall": recall, "f1": f1}


def pairs_at(threshold):
    together, right = one(
        f"SELECT count(*), count(*) FILTER (WHERE l.person = r.person) FROM {predicted.physical_name} p "
        "JOIN registers l ON l.unique_id = p.unique_id_l JOIN registers r ON r.unique_id = p.unique_id_r "
        "WHERE p.match_weight >= ?",
        threshold,
    )
    return told(threshold, together, right)


def clusters_at(threshold):
    clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(
        predicted, threshold_match_weight=threshold
    ).physical_name
    (together,) = one(
        f"SELECT sum(n * (n - 1) // 2)::BIGINT FROM (SELECT count(*) n FROM {clusters} GROUP BY cluster_id)"
    )
    (right,) = one(
        "SELECT sum(n * (n - 1) // 2)::BIGINT FROM (SELECT count(*) n FROM "
        f"{clusters} c JOIN registers r ON r.unique_id = c.unique_id GROUP BY c.cluster_id, r.person)"
    )
    return told(threshold, together, right)


print(
    json.dumps(
        {
            "splinkSeconds": seconds,
            "pairs": [pairs_at(threshold) for threshold in thresholds],
            "clusters": [clusters_at(threshold) for threshold in thresholds],
        }
    )
)
