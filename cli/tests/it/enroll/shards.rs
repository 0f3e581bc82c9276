//! Many machines share the ids of one file. Each id belongs to one shard, which never changes.

use std::{
    collections::BTreeMap,
    process::{Command, Stdio},
};

use saphyr::{LoadableYamlNode, Yaml};

use crate::cli::{Workplace, command, ids_of, run, sorted};

/// The ids of a shard, from a dry run.
fn taken(place: &Workplace, arguments: &[&str], environment: &[(&str, &str)]) -> Vec<String> {
    let all = [
        &["--input", "ids.txt", "--dry-run", "--format", "text"],
        arguments,
    ]
    .concat();
    let mut command = place.enroll(&all);
    let (code, shown, errors) = run(command.envs(environment.iter().copied()));
    assert_eq!(code, 0, "{errors}");
    shown.lines().map(str::to_owned).collect()
}

/// Numbers that must never change: they come from another implementation of SHA-256.
#[test]
fn the_shard_of_an_id_is_the_same_for_ever() {
    let place = Workplace::new();
    for (id, of_7, of_16, of_1000) in [
        ("730baa5ab2e34e53", 3, 5, 381),
        ("ed8b21c0c87ad617", 1, 7, 783),
        ("a", 4, 10, 250),
        ("ünï", 3, 7, 567),
        ("00000000-0000-0000-0000-000000000000", 1, 4, 868),
    ] {
        place.write("ids.txt", id);
        for (index, count) in [(of_7, 7), (of_16, 16), (of_1000, 1000), (0, 1)] {
            let shard = format!("{index}/{count}");
            assert_eq!(taken(&place, &["--shard", &shard], &[]), [id], "{shard}");
            if count > 1 {
                let next = format!("{}/{count}", (index + 1) % count);
                assert_eq!(taken(&place, &["--shard", &next], &[]), [""; 0], "{next}");
            }
        }
    }
}

#[test]
fn schedulers_say_which_shard_it_is() {
    let place = Workplace::new();
    place.write_ids(200);
    let expected = taken(&place, &["--shard", "3/16"], &[]);
    assert!((1..50).contains(&expected.len()));
    let shards = ("FACE_SEARCH_ENROLL_SHARDS", "16");
    for environment in [
        &[shards, ("JOB_COMPLETION_INDEX", "3")][..],
        &[shards, ("AWS_BATCH_JOB_ARRAY_INDEX", "3")],
        &[shards, ("SLURM_ARRAY_TASK_ID", "3")],
        &[
            shards,
            ("SLURM_ARRAY_TASK_ID", "3"),
            ("SLURM_ARRAY_TASK_MIN", "0"),
        ],
        &[
            shards,
            ("SLURM_ARRAY_TASK_ID", "4"),
            ("SLURM_ARRAY_TASK_MIN", "1"),
        ],
    ] {
        assert_eq!(taken(&place, &[], environment), expected, "{environment:?}");
    }
    // The option takes precedence over the environment.
    let around = [shards, ("JOB_COMPLETION_INDEX", "4")];
    assert_eq!(taken(&place, &["--shard", "3/16"], &around), expected);
}

/// An index without a number of shards may be set for other reasons.
#[test]
fn half_a_shard_in_the_environment_is_told() {
    let place = Workplace::new();
    let dry = ["--dry-run", "a"];
    let (code, _, errors) = run(place.enroll(&dry).env("JOB_COMPLETION_INDEX", "3"));
    assert_eq!(code, 0);
    assert!(
        errors.starts_with(
            "note: JOB_COMPLETION_INDEX is set but FACE_SEARCH_ENROLL_SHARDS is not, so this process sends every id"
        ),
        "{errors}"
    );
    let (code, _, errors) = run(place.enroll(&dry).env("FACE_SEARCH_ENROLL_SHARDS", "16"));
    assert_eq!(code, 2);
    assert!(errors.contains("set one, or pass --shard"), "{errors}");
}

#[test]
fn what_is_no_shard_is_refused() {
    for (shard, what) in [
        ("16/16", "the last of 16 is 15/16"),
        ("0/0", "the number of shards must be at least 1"),
        ("3", "write 0/16"),
        ("a/b", "write 0/16"),
        ("-1/3", "write 0/16"),
    ] {
        let shard = format!("--shard={shard}");
        let (code, _, errors) = run(&mut command(&["enroll", "--sandbox", &shard, "a"]));
        assert_eq!(code, 2);
        assert!(errors.contains(what), "{errors}");
    }
    for (shards, index) in [("16", "16"), ("0", "0"), ("16", "x"), ("many", "1")] {
        let mut command = command(&["enroll", "--sandbox", "a"]);
        let (code, _, _) = run(command
            .env("FACE_SEARCH_ENROLL_SHARDS", shards)
            .env("JOB_COMPLETION_INDEX", index));
        assert_eq!(code, 2, "{index} of {shards}");
    }
}

/// If a single id is skipped, the command says why.
#[test]
fn an_argument_of_another_shard_is_told() {
    let id = "730baa5ab2e34e53";
    let (code, shown, errors) = run(&mut command(&["enroll", "--sandbox", "--shard", "0/7", id]));
    assert_eq!(
        (code, &*shown, &*errors),
        (0, "", "skipped: 1 id in other shards\n")
    );
}

/// The container of the Job in deploy/.
struct Job {
    arguments: Vec<String>,
    environment: BTreeMap<String, String>,
    completions: i64,
    mounts: Vec<String>,
}

fn job() -> Job {
    let manifest = Yaml::load_from_str(&crate::read("deploy/kubernetes/indexed-job.yaml")).unwrap();
    let spec = &manifest[0]["spec"];
    assert_eq!(spec["completionMode"].as_str(), Some("Indexed"));
    let container = &spec["template"]["spec"]["containers"][0];
    let text = |value: &Yaml<'_>| value.as_str().unwrap().to_owned();
    let list = |name: &str| container[name].as_sequence().unwrap().iter();
    Job {
        arguments: list("args").map(text).collect(),
        environment: list("env")
            .map(|pair| (text(&pair["name"]), text(&pair["value"])))
            .collect(),
        completions: spec["completions"].as_integer().unwrap(),
        mounts: list("volumeMounts")
            .map(|mount| text(&mount["mountPath"]))
            .collect(),
    }
}

/// The command of a pod of the Job, with its volumes in the folder and the sandbox instead of its region.
fn pod(place: &Workplace, job: &Job, index: i64) -> Command {
    let index = index.to_string();
    let arguments: Vec<_> = job
        .arguments
        .iter()
        .map(|argument| {
            let mut argument = argument.replace("$(JOB_COMPLETION_INDEX)", &index);
            for mount in &job.mounts {
                let folder = place.folder.path().to_str().unwrap();
                argument = argument.replace(&format!("={mount}/"), &format!("={folder}/"));
            }
            if argument.starts_with("--region=") {
                argument = format!("--endpoint={}", place.sandbox.base_url());
            }
            // The rate of the Job would make the test slow.
            argument.replace("--rate=3/s", "--rate=1000/s")
        })
        .collect();
    let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
    let mut command = command(&arguments);
    command
        .envs(&job.environment)
        .env("JOB_COMPLETION_INDEX", &index);
    command
}

#[test]
fn the_pods_of_the_job_enroll_each_id_once() {
    let place = Workplace::new();
    place.write("credentials", "ACCESS_KEY=key\nSECRET_KEY=secret\n");
    let job = job();
    assert_eq!(job.completions, 16);
    let mut ids = place.write_ids(1000);
    // Each invalid line is reported by one pod.
    place.write(
        "ids.txt",
        [ids.join("\n").as_bytes(), b"\n\xff\nbad\xff\n"].concat(),
    );

    let pods: Vec<_> = (0..job.completions)
        .map(|index| {
            pod(&place, &job, index)
                .stderr(Stdio::null())
                .spawn()
                .unwrap()
        })
        .collect();
    for mut pod in pods {
        assert_eq!(pod.wait().unwrap().code(), Some(0));
    }

    assert_eq!(place.sandbox.requests(), 1000 + 16, "each pod got a token");
    let journals: Vec<_> = (0..16)
        .map(|index| format!("results-{index}.jsonl"))
        .collect();
    let mut all = Vec::new();
    for journal in &journals {
        let records = place.records(journal);
        assert!(
            (30..120).contains(&records.len()),
            "{journal}: {}",
            records.len()
        );
        all.extend(records);
    }
    assert_eq!(ids_of(&all, "enrolled"), sorted(std::mem::take(&mut ids)));
    assert_eq!(all.len(), 1002);

    // A pod that is restarted has nothing to do.
    assert_eq!(run(&mut pod(&place, &job, 3)).0, 0);
    assert_eq!(place.sandbox.requests(), 1000 + 16, "each pod got a token");
    let mut report = command(&["report"]);
    let (code, shown, _) = run(report.args(&journals).current_dir(place.folder.path()));
    assert_eq!(code, 1, "two lines were bad");
    assert!(
        shown.starts_with("  1,000  enrolled\n      2  rejected  invalid\n"),
        "{shown}"
    );
}
