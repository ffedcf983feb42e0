package dev.tophalf.runtime.vfs

import spock.lang.Specification

class FileTreeSpec extends Specification {
    def tree = new FileTree()

    def "#path #found"() {
        given:
        def target = tree.directory('/sys/devices/button')
        target.directory('power')
        tree.directory('/sys/bus').add(new Symlink('b', target))

        expect:
        tree.find(path)?.path() == result

        where:
        path                         || result
        '/sys/devices/button'        || '/sys/devices/button'
        '/sys//devices/./button/'    || '/sys/devices/button'
        '/sys/bus/../devices/button' || '/sys/devices/button'
        '/sys/bus/b'                 || '/sys/devices/button'
        '/sys/bus/b/power'           || '/sys/devices/button/power'
        '/sys/bus/c'                 || null
        '/sys/bus/b/power/x/y'       || null
        '/../..'                     || ''
        found = result == null ? 'is not found' : 'is found'
    }

    def "a link that leads to itself is not found"() {
        given:
        def folder = tree.directory('/loop')
        def inner = new Symlink('a', folder)
        folder.add(new Symlink('b', inner))
        folder.add(inner)

        expect:
        tree.find('/loop/b/a/b')?.path() == '/loop'
    }

    def "a name is taken once, and free again when its node is gone"() {
        given:
        def folder = tree.directory('/f')
        def node = new Directory('x')

        expect:
        folder.add(node)
        !folder.add(new Directory('x'))

        when:
        node.detach()

        then:
        folder.add(new Directory('x'))
    }
}
