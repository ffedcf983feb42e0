package dev.tophalf.runtime.script

import spock.lang.Specification

class ScriptLoaderSpec extends Specification {
    def classes = HandMade.type('point', 'java/lang/Object') { }
    def source = new ScriptSource('test.groovy', '')
    def loader = new ScriptLoader(source, classes, Scope.EMPTY, { it == 'java.lang.Object' })

    def "a script sees its own classes and those let through"() {
        expect:
        loader.loadClass('java.lang.Object') == Object
        loader.loadClass(classes[0].name()).classLoader.is(loader)
    }

    def "a script does not see #name"() {
        when:
        loader.loadClass(name)

        then:
        thrown(ClassNotFoundException)

        where:
        name << ['java.lang.Runtime', 'dev.tophalf.runtime.contract.KernelApi', 'point/', 'java/lang/Object', '']
    }

    def "a script has no resources"() {
        expect:
        loader.getResource('dev/tophalf/runtime/script/ScriptLoader.class') == null
        loader.getResourceAsStream('java/lang/Object.class') == null
        !loader.getResources('META-INF/MANIFEST.MF').hasMoreElements()
        loader.parent == null
    }

    def "a class in a package is not a script's"() {
        when:
        new ScriptLoader(source, [new ClassBytes(name, new byte[0])], Scope.EMPTY, { true })

        then:
        thrown(IllegalArgumentException)

        where:
        name << ['java.lang.Object', 'dev.tophalf.runtime.contract.Woven', 'a/b']
    }
}
