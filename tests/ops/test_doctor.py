"""`shanhai doctor` on real installations."""

from ops.conftest import Box


def test_what_is_wrong_is_said_line_by_line(running_box: Box) -> None:
    done = running_box.shanhai("doctor")
    assert done.returncode == 1, done.stderr
    assert "好  密钥文件只有本用户能读。" in done.stdout
    assert "坏  服务没有运行" in done.stdout
    assert "好  数据库有应答。" in done.stdout
    assert "坏  数据库结构还差" in done.stdout
    secrets = running_box.data / "installation.json"
    secrets.chmod(0o644)
    try:
        assert f"chmod 600 {secrets}" in running_box.shanhai("doctor").stdout
    finally:
        secrets.chmod(0o600)


def test_where_there_is_no_installation_none_is_made(box: Box) -> None:
    box.data.rmdir()
    done = box.shanhai("doctor")
    assert done.returncode == 1
    assert "没有安装" in done.stderr
    assert not box.data.exists()
