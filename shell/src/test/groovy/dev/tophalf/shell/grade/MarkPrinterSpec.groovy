package dev.tophalf.shell.grade

import dev.tophalf.runtime.script.Diagnostic
import dev.tophalf.shell.grade.ItemMark.Result
import java.nio.file.Path
import spock.lang.Specification

class MarkPrinterSpec extends Specification {
    static final RubricItem COUNTS = new RubricItem('counts', 'counts every press', 2, false, ['f'])
    static final RubricItem SLEEPS = new RubricItem('no-sleep', 'never sleeps', 10, false, ['g', 'h'])
    static final RubricItem SECRET = new RubricItem('unload', 'can be unloaded', 1, true, ['i'])
    static final Exercise EXERCISE = new Exercise(
            Path.of('ex'), 'Buttons', Path.of('lab.dts'), Limits.USUAL, [COUNTS, SLEEPS, SECRET], [:], [])
    static final List<Mark> MARKS = [
        new Mark('a.groovy', Outcome.GRADED, '', [], [
            new ItemMark(COUNTS, Result.PASSED, []),
            new ItemMark(SLEEPS, Result.FAILED, ['g: it sleeps', 'h: it snores']),
            new ItemMark(SECRET, Result.FAILED, ['it stays']),
        ]),
        new Mark('b.groovy', Outcome.REJECTED, 'does not compile', [new Diagnostic('b.groovy', 3, 5, 'no')], [
            new ItemMark(COUNTS, Result.NOT_RUN, []),
            new ItemMark(SLEEPS, Result.NOT_RUN, []),
            new ItemMark(SECRET, Result.NOT_RUN, []),
        ]),
        new Mark('long.groovy', Outcome.TIMEOUT, 'was stopped after 60 s', [], [
            new ItemMark(COUNTS, Result.PASSED, []),
            new ItemMark(SLEEPS, Result.ERROR, ['g: NullPointerException']),
            new ItemMark(SECRET, Result.NOT_RUN, []),
        ]),
    ]

    private static String text(boolean reveal, List<Mark> marks) {
        def text = new StringWriter()
        def printer = new TextMarks(new PrintWriter(text), reveal)
        marks.each { printer.mark(it) }
        printer.end(marks)
        text.toString().replace('\r', '')
    }

    def "marks as text"() {
        expect:
        text(false, MARKS) == '''\
            a.groovy: 2 of 13
               2/2  counts    counts every press
              0/10  no-sleep  never sleeps
                              g: it sleeps
                              h: it snores
               0/1  unload    can be unloaded (hidden)

            b.groovy: 0 of 13
              does not compile
              b.groovy:3:5: no

            long.groovy: 2 of 13
              was stopped after 60 s
               2/2  counts    counts every press
              0/10  no-sleep  never sleeps (the spec broke)
                              g: NullPointerException
               0/1  unload    can be unloaded (hidden, not run)

            2/13  a.groovy
            0/13  b.groovy     does not compile
            2/13  long.groovy  was stopped after 60 s
            '''.stripIndent()
    }

    def "a hidden item is explained only if that is asked for"() {
        expect:
        text(true, MARKS).contains('it stays')
        !text(false, MARKS).contains('it stays')
    }

    def "marks as JSON"() {
        given:
        def text = new StringWriter()

        when:
        new JsonMarks(new PrintWriter(text), EXERCISE, new Limits(7, 99), false).end(MARKS.take(2))

        then:
        text.toString().replaceFirst('"version" : ".*"', '"version" : "V"') == '''\
            {
              "schema" : 1,
              "tool" : {
                "name" : "tophalf",
                "version" : "V"
              },
              "exercise" : {
                "folder" : "ex",
                "title" : "Buttons",
                "machine" : "lab.dts",
                "of" : 13,
                "timeoutSeconds" : 7,
                "heapMb" : 99
              },
              "submissions" : [
                {
                  "file" : "a.groovy",
                  "outcome" : "graded",
                  "message" : "",
                  "points" : 2,
                  "of" : 13,
                  "items" : [
                    {
                      "id" : "counts",
                      "title" : "counts every press",
                      "visibility" : "visible",
                      "result" : "passed",
                      "points" : 2,
                      "of" : 2,
                      "why" : [ ]
                    },
                    {
                      "id" : "no-sleep",
                      "title" : "never sleeps",
                      "visibility" : "visible",
                      "result" : "failed",
                      "points" : 0,
                      "of" : 10,
                      "why" : [
                        "g: it sleeps",
                        "h: it snores"
                      ]
                    },
                    {
                      "id" : "unload",
                      "title" : "can be unloaded",
                      "visibility" : "hidden",
                      "result" : "failed",
                      "points" : 0,
                      "of" : 1,
                      "why" : [ ]
                    }
                  ],
                  "diagnostics" : [ ]
                },
                {
                  "file" : "b.groovy",
                  "outcome" : "rejected",
                  "message" : "does not compile",
                  "points" : 0,
                  "of" : 13,
                  "items" : [
                    {
                      "id" : "counts",
                      "title" : "counts every press",
                      "visibility" : "visible",
                      "result" : "not-run",
                      "points" : 0,
                      "of" : 2,
                      "why" : [ ]
                    },
                    {
                      "id" : "no-sleep",
                      "title" : "never sleeps",
                      "visibility" : "visible",
                      "result" : "not-run",
                      "points" : 0,
                      "of" : 10,
                      "why" : [ ]
                    },
                    {
                      "id" : "unload",
                      "title" : "can be unloaded",
                      "visibility" : "hidden",
                      "result" : "not-run",
                      "points" : 0,
                      "of" : 1,
                      "why" : [ ]
                    }
                  ],
                  "diagnostics" : [
                    {
                      "file" : "b.groovy",
                      "line" : 3,
                      "column" : 5,
                      "message" : "no"
                    }
                  ]
                }
              ]
            }
            '''.stripIndent()
    }
}
