package dev.tophalf.shell.report

import static dev.tophalf.shell.report.SampleFindings.INTERRUPT
import static dev.tophalf.shell.report.SampleFindings.TAKEN
import static dev.tophalf.shell.report.SampleFindings.rejected
import static dev.tophalf.shell.report.SampleFindings.run
import static dev.tophalf.shell.report.SampleFindings.sleeps

import dev.tophalf.runtime.contract.ContextKind
import dev.tophalf.runtime.rule.ContextSnapshot
import dev.tophalf.runtime.rule.Finding.Related
import dev.tophalf.shell.run.Outcome
import spock.lang.Specification
import tools.jackson.databind.ObjectMapper

/** The object that programs read: its keys, their order and their types. */
class JsonReportSpec extends Specification {
    def "a run is one object, laid out in lines"() {
        expect:
        JsonReport.run(run(findings: [sleeps(related: [new Related(TAKEN, 'taken here')])])) == '''\
            {
              "schema": 1,
              "tool": {
                "name": "tophalf",
                "version": "unreleased"
              },
              "scripts": [
                "fifo.groovy"
              ],
              "machine": "lab.dts",
              "seed": 7,
              "virtualTimeNs": 2000000,
              "outcome": "completed",
              "findings": [
                {
                  "rule": "sleep-in-atomic",
                  "severity": "error",
                  "message": "msleep() sleeps in atomic context",
                  "call": "",
                  "file": "fifo.groovy",
                  "line": 12,
                  "context": {
                    "kind": "irqs_off",
                    "cpu": 0,
                    "irqsOff": true,
                    "preemptCount": 1,
                    "task": "cat/101",
                    "held": [
                      {
                        "lock": "fifo_lock",
                        "file": "fifo.groovy",
                        "line": 10
                      }
                    ]
                  },
                  "linux": "BUG: scheduling while atomic",
                  "why": "Who holds a spinlock or serves an interrupt must not give up the CPU.",
                  "try": "release the lock before waiting, or spin with udelay() for microseconds",
                  "replay": "tophalf run fifo.groovy --seed 7",
                  "related": [
                    {
                      "file": "fifo.groovy",
                      "line": 10,
                      "text": "taken here"
                    }
                  ],
                  "story": []
                }
              ],
              "dmesg": [
                "[    0.000000] Linux",
                "[    0.001204] fifo: \\"full\\""
              ]
            }
            '''.stripIndent()
    }

    def "the task is the one that was interrupted"() {
        expect:
        parsed(run(findings: [sleeps(context: INTERRUPT)])).findings[0].context.task == 'cat/101'
    }

    def "a finding of the scenario has a context too, of nobody"() {
        given:
        def nobody = new ContextSnapshot(ContextKind.PROCESS, 0, false, 0, [], [])

        expect:
        parsed(run(findings: [sleeps(context: nobody)])).findings[0].context ==
                [kind: 'process', cpu: 0, irqsOff: false, preemptCount: 0, task: '', held: []]
    }

    def "a rejected run has its reasons after all other keys"() {
        given:
        def object = parsed(rejected())

        expect:
        object.keySet().last() == 'diagnostics'
        object.outcome == 'rejected'
        object.findings == []
        object.dmesg == []
        object.diagnostics == [[file: 'fifo.groovy', line: 3, column: 5, message: "unknown function 'kmaloc()'"]]
    }

    def "the outcome of a run is #word"() {
        expect:
        parsed(run(outcome: outcome)).outcome == word

        where:
        outcome           || word
        Outcome.COMPLETED || 'completed'
        Outcome.STOPPED   || 'stopped'
        Outcome.REJECTED  || 'rejected'
        Outcome.BUDGET    || 'budget'
    }

    private static Map parsed(result) {
        return new ObjectMapper().readValue(JsonReport.run(result), LinkedHashMap)
    }
}
