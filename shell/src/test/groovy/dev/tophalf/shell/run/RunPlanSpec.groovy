package dev.tophalf.shell.run

import java.nio.file.Path
import spock.lang.Specification

/** The command line that repeats a run. */
class RunPlanSpec extends Specification {
    def "a run is repeated by: tophalf run #words"() {
        given:
        def plan = new RunPlan(scripts.collect { Path.of(it) }, machine ? Path.of(machine) : null,
                scenario ? Path.of(scenario) : null, seed, cpus, boot)

        expect:
        plan.commandLine() == "tophalf run $words"

        where:
        scripts           | machine | scenario | seed | cpus | boot                || words
        ['a.groovy']      | null    | null     | 0    | 2    | []                  || 'a.groovy'
        ['a.groovy']      | null    | null     | 7    | 2    | []                  || 'a.groovy --seed 7'
        ['a', 'b']        | 'm.dts' | 's.x'    | -1   | 4    | []                  || 'a b --machine m.dts --scenario s.x --seed -1 --cpus 4'
        ['my driver']     | null    | null     | 0    | 2    | []                  || "'my driver'"
        ['a']             | null    | null     | 0    | 2    | ['a.n=1', 'a.s=x y'] || "a --boot a.n=1 --boot 'a.s=x y'"
        ["it's"]          | null    | null     | 0    | 2    | []                  || "'it'\\''s'"
        ['a;rm -r $HOME'] | null    | null     | 0    | 2    | []                  || "'a;rm -r \$HOME'"
    }
}
