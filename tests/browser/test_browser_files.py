from __future__ import annotations

import asyncio
import io
import math
import struct
import wave

import pytest
from playwright.async_api import FilePayload, Locator, expect

from tests.browser.stage import Stage, composer, messages, say

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

_PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360f8cfc0000003010100"
    "c9fe92ef0000000049454e44ae426082"
)


def _tone(seconds: float = 2.0, rate: int = 8000) -> bytes:
    """A wav file with a tone in it."""
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as out:
        out.setparams((1, 2, rate, 0, "NONE", ""))
        samples = (int(9000 * math.sin(index * 0.3)) for index in range(int(seconds * rate)))
        out.writeframes(b"".join(struct.pack("<h", sample) for sample in samples))
    return buffer.getvalue()


async def _heard(player: Locator, seconds: float) -> None:
    """Wait until the player has played that much."""
    async with asyncio.timeout(8):
        while await player.evaluate("player => player.currentTime") < seconds:  # noqa: ASYNC110 - the browser has no event for it
            await asyncio.sleep(0.05)


def _file(name: str, kind: str, content: bytes) -> FilePayload:
    return {"name": name, "mimeType": kind, "buffer": content}


async def test_a_shared_recording_gets_a_player_that_plays(stage: Stage) -> None:
    page, other = await stage.open("ada"), await stage.open("grace")
    await page.locator(".channel-pane input[type=file]").set_input_files(_file("call.wav", "audio/wav", _tone()))
    await expect(page.locator(".tray-item")).to_contain_text("ready to send")
    await say(page, "from this morning")
    await expect(page.locator(".tray-item")).to_have_count(0)
    for view in (page, other):
        await expect(messages(view).last).to_contain_text("from this morning")
        await expect(messages(view).last.locator(".file-title")).to_have_text("call.wav")
    player = messages(other).last.locator("audio")
    await player.evaluate("player => player.play()")
    await _heard(player, 0.2)
    assert await player.evaluate("player => Math.round(player.duration)") == 2


async def test_a_player_goes_on_while_its_message_changes(stage: Stage) -> None:
    grace = stage.person("grace")
    _, ts = await grace.share(stage.channel(), _tone(20), "talk.wav")
    page = await stage.open()
    await page.locator("audio").evaluate("player => player.play()")
    await _heard(page.locator("audio"), 0.1)
    await grace.client.reactions_add(channel=stage.channel(), timestamp=ts, name="eyes")
    await stage.person("alan").post(stage.channel(), "listening", ts)
    await expect(page.locator(".thread-bar")).to_be_visible()
    await expect(page.locator(".reaction").first).to_be_visible()
    assert await page.locator("audio").evaluate("player => !player.paused && player.currentTime > 0")


async def test_files_are_dropped_and_pasted(stage: Stage) -> None:
    page = await stage.open()
    make = """kind => {
        const data = new DataTransfer();
        data.items.add(new File(['words'], kind + '.txt', {type: 'text/plain'}));
        const event = kind === 'paste'
            ? new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true})
            : new DragEvent(kind, {dataTransfer: data, bubbles: true, cancelable: true});
        document.querySelector('.channel-pane .composer-field').dispatchEvent(event);
    }"""
    await page.evaluate(make, "dragenter")
    await expect(page.locator(".channel-pane .drop-veil")).to_contain_text("Drop it to share it in #general")
    await page.evaluate(make, "drop")
    await expect(page.locator(".drop-veil").first).to_be_hidden()
    await page.evaluate(make, "paste")
    await expect(page.locator(".tray-ready")).to_have_count(2)
    await page.get_by_role("button", name="Remove paste.txt").click()
    await page.get_by_role("button", name="Send", exact=True).click()
    await expect(messages(page).last.locator(".file-title")).to_have_text("drop.txt")


async def test_every_kind_of_file_is_shown_in_its_way(stage: Stage) -> None:
    grace, general = stage.person("grace"), stage.channel()
    await grace.share(general, b"line\n" * 30, "notes.txt")
    await grace.share(general, _PIXEL, "dot.png")
    await grace.share(general, b"%PDF-1.4", "paper.pdf")
    page = await stage.open()
    await expect(messages(page)).to_have_count(3)
    notes = page.locator(".file-text")
    await notes.get_by_role("button", name="Show all 31 lines").click()
    await expect(notes.get_by_role("button", name="Show less")).to_be_visible()
    await expect(page.locator("img.file-picture")).to_have_js_property("naturalWidth", 1)
    async with page.expect_download() as waiting:
        await page.get_by_role("link", name="Download paper.pdf").click()
    download = await waiting.value
    assert download.suggested_filename == "paper.pdf"
    assert (await download.path()).read_bytes() == b"%PDF-1.4"


async def test_an_upload_that_fails_says_so_and_can_be_taken_out(stage: Stage) -> None:
    page = await stage.open()
    await stage.workspace.fault(method="upload", status=503, times=1)
    await page.locator(".channel-pane input[type=file]").set_input_files(_file("call.wav", "audio/wav", _tone(0.1)))
    await expect(page.locator(".tray-failed")).to_contain_text("That did not work (upload answered 503).")
    await expect(page.get_by_role("button", name="Send", exact=True)).to_be_disabled()
    await page.get_by_role("button", name="Remove call.wav").click()
    await expect(page.locator(".tray-item")).to_have_count(0)
    assert all("503" in problem for problem in stage.problems)
    stage.problems.clear()


async def test_a_message_waits_for_its_upload(stage: Stage) -> None:
    page = await stage.open()
    await stage.workspace.fault(method="upload", delay=0.5, times=1)
    await page.locator(".channel-pane input[type=file]").set_input_files(_file("call.wav", "audio/wav", _tone(1)))
    await composer(page).fill("sent at once")
    await composer(page).press("Enter")
    await expect(messages(page).last).to_contain_text("sent at once")
    await expect(messages(page).last.locator("audio")).to_have_count(1)
