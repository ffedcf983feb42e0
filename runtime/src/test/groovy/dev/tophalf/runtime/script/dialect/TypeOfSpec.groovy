package dev.tophalf.runtime.script.dialect

import spock.lang.Specification

class TypeOfSpec extends Specification {
    static final STRUCT = 'class job { int n = 7; work_struct work }\n'

    def "#code takes the type of its variable"() {
        expect:
        Scripts.eval(STRUCT + code) == 7

        where:
        code << [
                'static int of(work_struct w) { job j = owner_of(j, w, work); return j.n }\nof(new job().work)',
                'static int of(work_struct w) { job j; j = owner_of(j, w, work); return j.n }\nof(new job().work)',
                'static int of(job j) { return owner_of(j, j.work, work).n }\nof(new job())',
                'static int of(work_struct w) { return owner_of(job, w, work).n }\nof(new job().work)',
        ]
    }

    def "#code is refused: #message"() {
        when:
        Scripts.compile(STRUCT + code)

        then:
        def refused = thrown(dev.tophalf.runtime.script.ScriptRejectedException)
        refused.diagnostics()*.toString().any { it.contains(message) }

        where:
        code                                                                        || message
        'static void f(work_struct w) { job j = owner_of(k, w, work) }'             || "'k'"
        'static void f(work_struct w) { job j = j }'                                || "'j'"
        'static void f(work_struct w) { int k = 1; job j = owner_of(k, w, work) }'  || 'job'
    }
}
